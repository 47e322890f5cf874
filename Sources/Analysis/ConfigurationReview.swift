import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Policies
import Rules
import YAML

/// What a configuration that can be read means for the repository it is in: what it names and is not there, and what in
/// it has no effect.
public struct ConfigurationReview: Sendable {
  /// A sentence about a place in the configuration.
  public struct Remark: PlacedError, Hashable {
    /// The sentence, without a full stop.
    public var message: String
    /// The place.
    public var location: Location?
    /// Nothing led there.
    public var trace: [RelatedLocation] { [] }
  }

  /// Folders that the configuration names and that are not there.
  public private(set) var problems: [Remark] = []
  /// What has no effect.
  public private(set) var remarks: [Remark] = []
  /// What holds, for a reader, if there are no problems.
  public let summary: String

  /// Reviews the configuration of an analysis.
  public init(of analysis: Analysis) {
    let configuration = analysis.policy.configuration
    summary = Self.summary(analysis)
    // A check finds no path there, which is what Flux would.
    for entry in configuration.entryPoints where analysis.workspace.lacksFolder(entry.path) {
      let message = "entry point '\(entry.cluster)': there is no folder '\(entry.path)'"
      problems.append(Remark(message: message, location: entry.location))
    }
    refuseAsManifest(analysis)
    remarkOnPatterns(analysis)
    remarkOnRules(analysis)
  }

  /// A Kustomization of a folder without a kustomization file takes in every YAML file below: this one is no object.
  private mutating func refuseAsManifest(_ analysis: Analysis) {
    guard let file = analysis.model.files.first(where: { $0.path.string == Configuration.path }), !file.clusters.isEmpty
    else { return }
    let message =
      "a Kustomization takes this file in as a manifest, and fails: "
      + "add `/\(Configuration.path)` to .sourceignore"
    problems.append(Remark(message: message, location: Location(file: file.file)))
  }

  private mutating func remarkOnPatterns(_ analysis: Analysis) {
    let clusters = analysis.model.clusters
    let names = clusters.map(\.name)
    let paths = clusters.map(\.entryPoint.path.string)
    let namespaces = Set(clusters.flatMap { $0.index.keys.map(\.namespace) } + clusters.flatMap(\.namespaces))
    func check(_ globs: [Glob], _ candidates: some Collection<String>, _ what: String, _ owner: String) {
      for glob in globs where !candidates.contains(where: glob.matches) {
        remarks.append(
          Remark(message: "\(owner): no \(what) fits '\(glob.pattern)'", location: place(of: glob, analysis)))
      }
    }
    for environment in analysis.policy.configuration.environments {
      let owner = "environment '\(environment.name)'"
      check(environment.clusters, names, "cluster", owner)
      check(environment.paths, paths, "folder of a cluster", owner)
      check(environment.namespaces, namespaces, "namespace", owner)
    }
    for tenant in analysis.policy.configuration.tenants {
      check(tenant.namespaces, namespaces, "namespace", "tenant '\(tenant.name)'")
    }
  }

  /// Where a pattern stands in the file.
  private func place(of glob: Glob, _ analysis: Analysis) -> Location? {
    analysis.configurationRoot?.first(text: glob.pattern)?.origin.location
  }

  private mutating func remarkOnRules(_ analysis: Analysis) {
    let selection = analysis.policy.selection
    if selection.packs.isEmpty, !Rule.catalogue.contains(where: { selection.isOn($0.id) }) {
      let place = analysis.configurationRoot?["packs"]?.origin.location
      remarks.append(Remark(message: "no pack and no rule is on: nothing is ever found", location: place))
    }
    for setting in analysis.policy.configuration.rules where !setting.isOff && !selection.isOn(setting.rule) {
      remarks.append(Remark(message: "rule '\(setting.rule)' is set, but on in no pack", location: setting.location))
    }
    for suppression in analysis.policy.configuration.suppressions {
      if let until = suppression.until, suppression.isExpired(on: analysis.policy.today) {
        remarks.append(
          Remark(message: "this suppression ended on \(until)", location: suppression.location))
      }
      for rule in suppression.rules where !selection.isOn(rule) {
        remarks.append(Remark(message: Self.idle(rule), location: suppression.location))
      }
    }
  }

  /// Why a suppression of `rule` has no effect.
  private static func idle(_ rule: String) -> String {
    guard Rule.named(rule) == nil else { return "the suppressed rule '\(rule)' is not on" }
    let meant = Suggestion.nearest(to: rule, among: Rule.catalogue.map(\.id))
    return "there is no rule '\(rule)' to suppress" + (meant.map { "; did you mean '\($0)'?" } ?? "")
  }

  private static func summary(_ analysis: Analysis) -> String {
    let configuration = analysis.policy.configuration
    let on = Rule.catalogue.filter { analysis.policy.selection.isOn($0.id) }.count
    let off = configuration.rules.filter(\.isOff).map(\.rule)
    var lines = [
      "\(Configuration.path) holds",
      "  packs         \(analysis.policy.selection.packs.joined(separator: ", "))",
      "  rules         \(on) of \(Rule.catalogue.count) on"
        + (off.isEmpty ? "" : ", switched off: \(off.joined(separator: ", "))"),
    ]
    for cluster in analysis.model.clusters {
      let kind = configuration.environmentClass(
        cluster: cluster.name, path: cluster.entryPoint.path.string, namespace: "")
      lines.append("  cluster       \(cluster.name) (\(cluster.entryPoint.path), \(kind.rawValue))")
    }
    lines += configuration.tenants.map { tenant in
      "  tenant        \(tenant.name) (\(tenant.namespaces.map(\.pattern).joined(separator: ", ")))"
    }
    if !configuration.suppressions.isEmpty { lines.append("  suppressions  \(configuration.suppressions.count)") }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Cluster {
  /// The names of the namespaces that it makes.
  fileprivate var namespaces: [String] {
    index.keys.filter { $0.kind == "Namespace" && $0.group.isEmpty }.map(\.name)
  }
}

extension Analysis {
  /// The configuration as it is written.
  fileprivate var configurationRoot: Node? {
    workspace.configurationFile.flatMap { try? YAMLReader.readFirst($0) }?.root
  }
}

extension Workspace {
  /// Whether a path of the configuration leads to no folder.
  func lacksFolder(_ text: String) -> Bool {
    guard let path = try? RepoPath(text), path != .root else { return false }
    return (try? tree.entries(of: path)) ?? nil == nil
  }

  /// The configuration, if the repository has one that can be read.
  var configurationFile: SourceFile? { try? readConfiguration() }

  /// The configuration; nil if there is none.
  /// - Throws: ``PolicyError`` when there is something that cannot be read: without it everything would be judged otherwise.
  func readConfiguration() throws(PolicyError) -> SourceFile? {
    func unreadable(_ path: String, _ reason: String) -> PolicyError {
      PolicyError(.unreadable(reason), at: Location(file: SourceFile(path: path, bytes: [])))
    }
    guard let path = try? RepoPath(Configuration.path) else { return nil }
    do throws(FileError) {
      if let file = try tree.file(at: path) { return file }
      if try tree.kind(of: path) != nil { throw FileError(code: .notRegular, path: path) }
    } catch {
      throw unreadable(Configuration.path, "the configuration cannot be read: \(error.message)")
    }
    let other = ".sluice.yml"
    if let path = try? RepoPath(other), (try? tree.kind(of: path)) ?? nil == .file {
      throw unreadable(other, "this file is not read: the configuration is called \(Configuration.path)")
    }
    return nil
  }

  /// Whether the repository has a configuration.
  public var hasConfiguration: Bool { configurationFile != nil }
}

extension Node {
  /// The first text that says exactly `text`. The shape of a configuration is checked before: it is not deep.
  fileprivate func first(text: String) -> Node? {
    switch value {
    case .scalar(let scalar): scalar.text == text ? self : nil
    case .sequence(let items): items.lazy.compactMap { $0.first(text: text) }.first
    case .mapping(let mapping): mapping.entries.lazy.compactMap { $0.value.first(text: text) }.first
    }
  }
}
