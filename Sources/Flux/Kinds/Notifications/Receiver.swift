import Diagnostics
import Kubernetes

/// A webhook that reconciles objects.
public final class Receiver: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.receiver
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// Who calls it, such as `github`.
  public let type: Field<String>?
  /// The events that count.
  public let events: [Field<String>]
  /// What is reconciled.
  public let resources: [Field<EventSource>]
  /// A CEL expression that narrows the resources.
  public let resourceFilter: Field<String>?
  /// The Secret with the token.
  public let secretRef: ObjectRef?
  /// Who may call a `generic-oidc` receiver.
  public let oidcProviders: [Field<OIDCProvider>]
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `Receiver` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    type = reader.string("type")
    events = reader.strings("events")
    resources = reader.list("resources")
    resourceFilter = reader.string("resourceFilter")
    secretRef = reader.localRef("secretRef")
    oidcProviders = reader.list("oidcProviders")
    interval = reader.duration("interval")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}

extension Receiver {
  /// An issuer of tokens.
  public struct OIDCProvider: SpecPart {
    /// The issuer.
    public var issuerURL: Field<String>?
    /// The audience a token must have.
    public var audience: Field<String>?
    /// CEL variables for the validations.
    public var variables: [Field<Variable>]
    /// What must hold of a token.
    public var validations: [Field<Validation>]

    init(_ reader: inout SpecReader) {
      issuerURL = reader.string("issuerURL")
      audience = reader.string("audience")
      variables = reader.list("variables")
      validations = reader.list("validations")
    }
  }

  /// A CEL variable.
  public struct Variable: SpecPart {
    /// The name.
    public var name: Field<String>?
    /// The expression.
    public var expression: Field<String>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      expression = reader.string("expression")
    }
  }

  /// A CEL condition.
  public struct Validation: SpecPart {
    /// The expression.
    public var expression: Field<String>?
    /// What is said when it does not hold.
    public var message: Field<String>?

    init(_ reader: inout SpecReader) {
      expression = reader.string("expression")
      message = reader.string("message")
    }
  }
}
