import Diagnostics

/// Which rules run, and for each how bad, where and with which parameters.
public struct Selection: Sendable {
  /// One way in which a rule is on.
  public struct Activation: Sendable, Hashable {
    /// How bad its findings are.
    public var severity: Severity
    /// Whether the configuration names the severity: then the rule does not change it by circumstances.
    public var isSeverityFixed: Bool
    /// Where it applies.
    public var scope: RuleScope
    /// Parameters that differ from the rule's own.
    public var parameters: [String: ParameterValue]

    /// A way in which a rule is on.
    public init(
      severity: Severity, isSeverityFixed: Bool = false, scope: RuleScope = .all,
      parameters: [String: ParameterValue] = [:]
    ) {
      self.severity = severity
      self.isSeverityFixed = isSeverityFixed
      self.scope = scope
      self.parameters = parameters
    }
  }

  /// How each rule is on, by its id; rules that are off are not in it.
  public private(set) var activations: [String: [Activation]]
  /// The packs that were taken, in their order.
  public let packs: [String]

  /// What applies to a subject: of the activations whose scope covers it the one of the narrowest scope, and among
  /// those the most severe. Nil when the rule does not apply to it.
  public func activation(of rule: String, isProduction: Bool, isTenant: Bool) -> Activation? {
    let covering = (activations[rule] ?? []).filter { activation in
      switch activation.scope {
      case .all: true
      case .production: isProduction
      case .tenant: isTenant
      }
    }
    return covering.max { left, right in
      (left.scope == .all ? 0 : 1, left.severity) < (right.scope == .all ? 0 : 1, right.severity)
    }
  }

  /// Whether the rule is on anywhere.
  public func isOn(_ rule: String) -> Bool { activations[rule] != nil }

  /// The highest severity that the rule can have; nil when it is off.
  public func severity(of rule: String) -> Severity? {
    activations[rule]?.map(\.severity).max()
  }

  /// What packs, configuration and command line say together.
  ///
  /// - Parameters:
  ///   - packs: names of packs, in place of those of the configuration; empty when the command line gives none.
  ///   - only: ids of the only rules to run, on also where no pack has them; empty for all.
  ///   - signatures: all rules there are.
  public static func resolve(
    _ configuration: Configuration, packs: [String] = [], only: [String] = [], signatures: [RuleSignature],
    available: [Pack] = Pack.builtIn
  ) -> (selection: Selection, problems: [PolicyError]) {
    let configured = configuration.packs?.map(\.value) ?? [Pack.recommended]
    let names = packs.isEmpty ? configured : packs
    var problems: [PolicyError] = []
    for name in packs where !available.contains(where: { $0.name == name }) {
      let suggestion = Suggestion.nearest(to: name, among: available.map(\.name))
      problems.append(PolicyError(.unknownPack(name, suggestion: suggestion), at: nil))
    }
    for id in only where !signatures.contains(where: { $0.id == id }) {
      let suggestion = Suggestion.nearest(to: id, among: signatures.map(\.id))
      problems.append(PolicyError(.unknownRule(id, suggestion: suggestion), at: nil))
    }
    var activations = Self.activations(ofPacks: names, available)
    let usual = Self.activations(ofPacks: available.map(\.name), available)
    for setting in configuration.rules {
      guard let signature = signatures.first(where: { $0.id == setting.rule }) else { continue }
      activations[setting.rule] = apply(setting, to: activations[setting.rule], signature, usual[setting.rule])
    }
    if !only.isEmpty {
      let wanted = Set(only)
      activations = activations.filter { wanted.contains($0.key) }
      for signature in signatures where wanted.contains(signature.id) && activations[signature.id] == nil {
        activations[signature.id] = [Activation(severity: signature.severity)]
      }
    }
    return (Selection(activations: activations, packs: names), problems)
  }

  private static func activations(ofPacks names: [String], _ available: [Pack]) -> [String: [Activation]] {
    var found: [String: [Activation]] = [:]
    for name in names {
      guard let pack = available.first(where: { $0.name == name }) else { continue }
      for entry in pack.allEntries(among: available) {
        let activation = Activation(severity: entry.severity, scope: entry.scope, parameters: entry.parameters)
        if found[entry.rule]?.contains(activation) != true { found[entry.rule, default: []].append(activation) }
      }
    }
    return found
  }

  /// - Parameters:
  ///   - current: how the packs in use have the rule on; nil when they do not.
  ///   - usual: how any pack has it: its scopes hold where the configuration turns the rule on by itself.
  private static func apply(
    _ setting: RuleSetting, to current: [Activation]?, _ signature: RuleSignature, _ usual: [Activation]?
  ) -> [Activation]? {
    if setting.isOff { return nil }
    var activations = current ?? usual ?? [Activation(severity: signature.severity)]
    if let scope = setting.scope {
      activations = activations.max { $0.severity < $1.severity }.map { [$0] } ?? []
      for index in activations.indices { activations[index].scope = scope }
    }
    for index in activations.indices {
      if let severity = setting.severity {
        activations[index].severity = severity
        activations[index].isSeverityFixed = true
      }
      activations[index].parameters.merge(setting.parameters) { $1 }
    }
    return activations
  }
}
