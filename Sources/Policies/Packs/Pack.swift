import Diagnostics

/// A set of rules with what they shall mean, for a kind of team.
public struct Pack: Sendable, Hashable {
  /// The pack that applies where nobody names one; every other contains it.
  public static let recommended = "recommended"

  /// The name that configuration and command line use.
  public var name: String
  /// Whom it is for, in one line.
  public var title: String
  /// The packs it contains.
  public var extends: [String]
  /// Its rules.
  public var entries: [Entry]

  /// A pack.
  public init(name: String, title: String, extends: [String], entries: [Entry]) {
    self.name = name
    self.title = title
    self.extends = extends
    self.entries = entries
  }

  /// One rule of a pack. A rule may stand in it more than once, for different scopes.
  public struct Entry: Sendable, Hashable {
    /// The rule's id.
    public var rule: String
    /// How bad its findings are.
    public var severity: Severity
    /// Where it applies.
    public var scope: RuleScope
    /// Parameters that differ from the rule's own.
    public var parameters: [String: ParameterValue]

    /// A rule of a pack.
    public init(
      _ rule: String, _ severity: Severity, scope: RuleScope = .all, parameters: [String: ParameterValue] = [:]
    ) {
      self.rule = rule
      self.severity = severity
      self.scope = scope
      self.parameters = parameters
    }
  }

  /// All entries of this pack and of those it contains, the contained ones first. `packs` are all packs there are.
  public func allEntries(among packs: [Pack]) -> [Entry] {
    var seen: Set<String> = []
    return entries(among: packs, &seen)
  }

  private func entries(among packs: [Pack], _ seen: inout Set<String>) -> [Entry] {
    guard seen.insert(name).inserted else { return [] }
    var found: [Entry] = []
    for pack in packs where extends.contains(pack.name) { found += pack.entries(among: packs, &seen) }
    return found + entries
  }
}
