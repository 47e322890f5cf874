import Diagnostics
import Files
import Foundation
import GoTemplate
import Helm
import Sprig
import YAML

/// What `helm template` would print, for the conformance cases: the flags they use, and no others.
struct HelmTemplate {
  /// Why the command fails, in Helm's words.
  struct Failure: Error {
    var message: String
  }

  private var positional: [String] = []
  private var values: [(flag: String, text: String)] = []
  private var options = ReleaseOptions(name: "release-name")
  private var extraAPIVersions: [String] = []
  private var kubeVersion: String?
  private var includesCRDs = false
  private var showOnly: [String] = []
  private var hasHooks = true
  private var skipsTests = false
  private var nameTemplate: String?

  private static let valueFlags: Set<String> = [
    "-f", "--values", "--set", "--set-string", "--set-json", "--set-literal", "--set-file",
  ]

  /// Runs the command with `arguments`; relative paths are read from `directory`.
  static func run(_ arguments: [String], in directory: String) throws(Failure) -> [UInt8] {
    var command = HelmTemplate()
    try command.read(arguments)
    return try command.render(directory)
  }

  private mutating func read(_ arguments: [String]) throws(Failure) {
    var rest = arguments.dropFirst()
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        positional.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1)
      let flag = String(parts[0])
      let given = parts.count > 1 ? String(parts[1]) : nil
      switch flag {
      case "--include-crds": includesCRDs = true
      case "--no-hooks": hasHooks = false
      case "--skip-tests": skipsTests = given != "false"
      case "--is-upgrade": options.isUpgrade = true
      case "--skip-schema-validation": options.skipsSchema = true
      case "--debug": break
      default:
        guard let value = given ?? rest.popFirst() else { throw Failure(message: "flag needs an argument: \(flag)") }
        try take(flag, value)
      }
    }
  }

  private mutating func take(_ flag: String, _ value: String) throws(Failure) {
    switch flag {
    case "-n", "--namespace": options.namespace = value
    case "--kube-version": kubeVersion = value
    case "--api-versions", "-a": extraAPIVersions += value.split(separator: ",").map(String.init)
    case "--show-only", "-s": showOnly.append(value)
    case "--name-template": nameTemplate = value
    default:
      guard HelmTemplate.valueFlags.contains(flag) else { throw Failure(message: "unknown flag: \(flag)") }
      values.append((flag, value))
    }
  }

  // MARK: Rendering

  private mutating func render(_ directory: String) throws(Failure) -> [UInt8] {
    guard let last = positional.last else {
      throw Failure(message: "\"helm template\" requires at least 1 argument")
    }
    if positional.count > 1 { options.name = positional[0] }
    if let nameTemplate { options.name = try expanded(nameTemplate) }
    let path = last.hasPrefix("/") ? last : directory + "/" + last
    do throws(HelmError) {
      let chart = try HelmTemplate.load(path)
      if chart.metadata.isLibrary { throw HelmError(.chart, "library charts are not installable") }
      try checkDependencies(of: chart)
      options.capabilities =
        try kubeVersion.map { (version) throws(HelmError) in
          try Capabilities(kubeVersion: version)
        } ?? .standard
      options.capabilities.apiVersions += extraAPIVersions
      let given = try mergedValues(directory)
      return try printed(try chart.render(given, options))
    } catch {
      throw Failure(message: error.text)
    }
  }

  private func expanded(_ template: String) throws(Failure) -> String {
    var set = TemplateSet(name: "name-template", functions: Sprig.table)
    do throws(TemplateError) {
      try set.add(template, name: "name-template")
      return String(decoding: try set.render("name-template", with: .null).bytes, as: UTF8.self)
    } catch {
      throw Failure(message: error.text)
    }
  }

  private static func load(_ path: String) throws(HelmError) -> Chart {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let root = url.deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw HelmError(.chart, "path \"\(path)\" not found")
    }
    do {
      let tree = try DiskTree(root: root)
      return try ChartLoader.load(try RepoPath(url.lastPathComponent), in: tree)
    } catch let error as HelmError {
      throw error
    } catch {
      throw HelmError(.chart, "\(error)")
    }
  }

  private func checkDependencies(of chart: Chart) throws(HelmError) {
    let missing = chart.missingDependencies.map(\.name)
    guard !missing.isEmpty else { return }
    throw HelmError(
      .chart,
      "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch "
        + "missing dependencies: found in Chart.yaml, but missing in charts/ directory: "
        + missing.joined(separator: ", "))
  }

  /// Files first, then the other flags in Helm's order of kinds.
  private func mergedValues(_ directory: String) throws(HelmError) -> Dict {
    let merged = Dict()
    for (flag, text) in values where flag == "-f" || flag == "--values" {
      for name in text.split(separator: ",") {
        let path = name.hasPrefix("/") ? String(name) : directory + "/" + name
        guard let data = FileManager.default.contents(atPath: path) else {
          throw HelmError(.values, "open \(name): no such file or directory")
        }
        do throws(YAMLValues.Malformed) {
          if case .dict(let dict) = try YAMLValues.read(GoString(Array(data))) {
            HelmTemplate.merge(dict, into: merged)
          }
        } catch {
          throw HelmError(.values, "failed to parse \(name): \(error.message)")
        }
      }
    }
    let order: [(String, SetValues.Style, String)] = [
      ("--set-json", .json, "--set-json"), ("--set", .typed, "--set"), ("--set-string", .text, "--set-string"),
      ("--set-literal", .literal, "--set-literal"),
    ]
    for (flag, style, name) in order {
      for (_, text) in values where flag == values.first(where: { $0.text == text && $0.flag == flag })?.flag {
        do throws(SetValues.Malformed) {
          try SetValues.apply(text, style, to: merged)
        } catch {
          throw HelmError(.values, "failed parsing \(name) data: \(error.message)")
        }
      }
    }
    return merged
  }

  private static func merge(_ new: Dict, into old: Dict) {
    for (key, value) in new.entries {
      if case .dict(let newer) = value, case .dict(let older)? = old[key] {
        merge(newer, into: older)
      } else {
        old[key] = value
      }
    }
  }

  // MARK: Output

  private func printed(_ release: Release) throws(HelmError) -> [UInt8] {
    var body: [UInt8] = []
    if includesCRDs {
      for crd in release.crds { HelmTemplate.append(crd.path, crd.file.bytes, to: &body) }
    }
    for manifest in release.manifests { HelmTemplate.append(manifest.path, manifest.output.bytes, to: &body) }
    body = HelmTemplate.trimmed(body) + [UInt8(ascii: "\n")]
    if hasHooks {
      for hook in release.hooks where !(skipsTests && hook.hookEvents.contains("test")) {
        HelmTemplate.append(hook.path, hook.output.bytes, to: &body)
      }
    }
    return showOnly.isEmpty ? body : try selected(body)
  }

  private static func append(_ path: String, _ bytes: [UInt8], to body: inout [UInt8]) {
    body += Array("---\n# Source: \(path)\n".utf8) + bytes + [UInt8(ascii: "\n")]
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isSpace = { (byte: UInt8) in [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains(byte) }
    return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }

  private func selected(_ body: [UInt8]) throws(HelmError) -> [UInt8] {
    let documents = String(decoding: body, as: UTF8.self).components(separatedBy: "---\n# Source: ").dropFirst()
    var out = ""
    for wanted in showOnly {
      let matching = documents.filter { document in
        let path = document.prefix { $0 != "\n" }
        let inner = path.drop { $0 != "/" }.dropFirst()
        return fnmatch(wanted, String(inner), FNM_PATHNAME) == 0
      }
      guard !matching.isEmpty else { throw HelmError(.chart, "could not find template \(wanted) in chart") }
      for document in matching { out += "---\n# Source: \(document)\n" }
    }
    return Array(out.utf8)
  }
}
