import Diagnostics

/// What configuration, packs and suppressions need to know of a rule.
public struct RuleSignature: Sendable, Hashable {
  /// The id.
  public var id: String
  /// What it finds, in one line.
  public var title: String
  /// The severity where nobody says anything else.
  public var severity: Severity
  /// Its parameters.
  public var parameters: [ParameterSignature]

  /// A rule's signature.
  public init(id: String, title: String, severity: Severity, parameters: [ParameterSignature] = []) {
    self.id = id
    self.title = title
    self.severity = severity
    self.parameters = parameters
  }
}

/// A parameter of a rule, without its Swift type.
public struct ParameterSignature: Sendable, Hashable {
  /// The key in the configuration.
  public var name: String
  /// What it may say.
  public var shape: ConfigShape
  /// What it says where nobody sets it.
  public var defaultValue: ParameterValue
  /// What it means.
  public var summary: String

  /// A parameter's signature.
  public init(name: String, shape: ConfigShape, defaultValue: ParameterValue, summary: String) {
    self.name = name
    self.shape = shape
    self.defaultValue = defaultValue
    self.summary = summary
  }
}

/// Where a rule applies.
public enum RuleScope: String, Sendable, Hashable, CaseIterable {
  /// Everywhere.
  case all
  /// In environments of class production.
  case production
  /// In namespaces of tenants.
  case tenant
}
