import GoTemplate
import Versions

/// What `Chart.yaml` says about a chart.
public struct Metadata: Sendable {
  /// The name.
  public var name = ""
  /// The version.
  public var version = ""
  /// `v1` or `v2`.
  public var apiVersion = ""
  /// The version of what the chart installs.
  public var appVersion = ""
  /// A sentence about the chart.
  public var description = ""
  /// `application`, `library` or nothing.
  public var type = ""
  /// The Kubernetes versions it allows.
  public var kubeVersion = ""
  /// Whether it should no longer be used.
  public var isDeprecated = false
  /// The charts it is made of.
  public var dependencies: [Dependency] = [] {
    didSet { if !dependencies.isEmpty { listsDependencies = true } }
  }
  /// Whether there is a list of them, be it empty.
  var listsDependencies = false
  /// Notes of any kind.
  public var annotations: [String: String] = [:]
  var home = ""
  var sources: [String] = []
  var keywords: [String] = []
  var maintainers: [Maintainer] = []
  var icon = ""
  var condition = ""
  var tags = ""
  var hasEmptyMaintainer = false
  var hasEmptyDependency = false

  struct Maintainer: Sendable {
    var name = ""
    var email = ""
    var url = ""
  }

  /// Whether only other charts use its templates.
  public var isLibrary: Bool { type.lowercased() == "library" }

  /// What templates see as `.Chart`: the fields under their Go names.
  func templateValue(isRoot: Bool) -> Value {
    let texts = { (list: [String]) in Value.anyList(list.map { .text($0) }) }
    let notes = annotations.map { (GoString($0), Value.text($1)) }
    return .anyDict([
      "Name": .text(name), "Home": .text(home), "Sources": texts(sources), "Version": .text(version),
      "Description": .text(description), "Keywords": texts(keywords), "Icon": .text(icon),
      "Maintainers": .anyList(
        maintainers.map { .anyDict(["Name": .text($0.name), "Email": .text($0.email), "URL": .text($0.url)]) }),
      "APIVersion": .text(apiVersion), "Condition": .text(condition), "Tags": .text(tags),
      "AppVersion": .text(appVersion), "Deprecated": .bool(isDeprecated),
      "Annotations": .dict(
        Dict(Dictionary(notes, uniquingKeysWith: { $1 }), element: .string, isNil: annotations.isEmpty)),
      "KubeVersion": .text(kubeVersion), "Dependencies": .anyList(dependencies.map(\.templateValue)),
      "Type": .text(type), "IsRoot": .bool(isRoot),
    ])
  }
}

/// An entry of `dependencies`.
public struct Dependency: Sendable {
  /// The name; after processing, the alias if there is one.
  public var name = ""
  /// The versions that fit.
  public var version = ""
  /// Where it comes from.
  public var repository = ""
  /// Paths of values that switch it on or off.
  public var condition = ""
  /// Names under `tags` that switch it on or off.
  public var tags: [String] = []
  /// Another name for it.
  public var alias = ""
  /// What of its values goes into those of the parent.
  var imports: [ImportedValues] = []
  /// Whether condition and tags left it on.
  var isEnabled = false

  struct ImportedValues: Sendable {
    var child: String
    var parent: String
    /// A name under `exports` and not a pair of paths.
    var isExport = false
  }

  mutating func sanitize() {
    for field in [\Dependency.name, \.version, \.repository, \.condition] {
      self[keyPath: field] = Metadata.sanitized(self[keyPath: field])
    }
    tags = tags.map(Metadata.sanitized)
  }

  var templateValue: Value {
    .anyDict([
      "Name": .text(name), "Version": .text(version), "Repository": .text(repository), "Condition": .text(condition),
      "Tags": .anyList(tags.map { .text($0) }), "Enabled": .bool(isEnabled), "Alias": .text(alias),
      "ImportValues": .anyList(
        imports.map { .dict(Dict(["child": .text($0.child), "parent": .text($0.parent)], element: .string)) }),
    ])
  }

  /// Whether a chart of this name and version is meant.
  func matches(_ metadata: Metadata) -> Bool {
    metadata.name == name && Metadata.isCompatible(version, with: metadata.version)
  }
}

extension Metadata {
  /// Whether a version is in a range; what is none of them is not.
  static func isCompatible(_ constraint: String, with version: String) -> Bool {
    guard let version = try? Version(version), let constraint = try? Constraint(constraint) else { return false }
    return constraint.allows(version)
  }

  /// Cleans the texts, and finds what Helm does not accept.
  mutating func validate() throws(HelmError) {
    for field in [\Metadata.name, \.description, \.home, \.icon, \.condition, \.tags, \.appVersion, \.kubeVersion] {
      self[keyPath: field] = Metadata.sanitized(self[keyPath: field])
    }
    sources = sources.map(Metadata.sanitized)
    keywords = keywords.map(Metadata.sanitized)
    guard !apiVersion.isEmpty else { throw invalid("chart.metadata.apiVersion is required") }
    guard !name.isEmpty else { throw invalid("chart.metadata.name is required") }
    guard name != ".", name != ".." else { throw invalid("chart.metadata.name \(Quoting.quote(name)) is not allowed") }
    guard !name.contains("/") else { throw invalid("chart.metadata.name \(Quoting.quote(name)) is invalid") }
    guard !version.isEmpty else { throw invalid("chart.metadata.version is required") }
    guard (try? Version(version)) != nil else {
      throw invalid("chart.metadata.version \(Quoting.quote(version)) is invalid")
    }
    guard ["", "application", "library"].contains(type) else {
      throw invalid("chart.metadata.type must be application or library")
    }
    for (field, name) in [(hasEmptyMaintainer, "maintainers"), (hasEmptyDependency, "dependencies")] where field {
      throw invalid("\(name) must not contain empty or null nodes")
    }
    for index in dependencies.indices { dependencies[index].sanitize() }
    var known: Set<String> = []
    for dependency in dependencies {
      let isGood = dependency.alias.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
      guard isGood else {
        throw invalid("dependency \(Quoting.quote(dependency.name)) has disallowed characters in the alias")
      }
      let key = dependency.alias.isEmpty ? dependency.name : dependency.alias
      guard known.insert(key).inserted else {
        throw invalid("more than one dependency with name or alias \(Quoting.quote(key))")
      }
    }
  }

  private func invalid(_ reason: String) -> HelmError { HelmError(.chart, "validation: \(reason)", message: reason) }

  fileprivate static func sanitized(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar.isSpaceInGo {
        out.append(" ")
      } else if scalar.isPrintableInGo {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
