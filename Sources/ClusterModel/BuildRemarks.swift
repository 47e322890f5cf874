import Diagnostics

/// An entry of a kustomization file that would have to be fetched from elsewhere.
public struct RemoteBase: Sendable, Hashable {
  /// The entry as written.
  public var text: String
  /// Where it stands.
  public var location: Location
  /// Whether objects would come of it; not of a file that goes into a ConfigMap.
  public var bringsObjects: Bool

  /// An entry with its place.
  public init(text: String, location: Location, bringsObjects: Bool = true) {
    self.text = text
    self.location = location
    self.bringsObjects = bringsObjects
  }
}

/// An expression of post-build substitution with an operator that Flux takes for another one.
public struct MisreadExpression: Sendable, Hashable {
  /// The variable.
  public var variable: String
  /// The operator as written, such as `:?`.
  public var operation: String
  /// Where the expression stands.
  public var location: Location
  /// The object that holds it.
  public var object: ObjectReference
  /// How the text came there.
  public var trace: [RelatedLocation]

  /// An expression with its place.
  public init(
    variable: String, operation: String, location: Location, object: ObjectReference, trace: [RelatedLocation]
  ) {
    self.variable = variable
    self.operation = operation
    self.location = location
    self.object = object
    self.trace = trace
  }
}

/// A value of a HelmRelease that its chart never reads.
public struct UnreadValue: Sendable, Hashable {
  /// Its path, such as `service.prot`.
  public var path: String
  /// Where its key stands, with the steps that brought it there.
  public var origin: Origin
  /// The name that is probably meant.
  public var suggestion: String?

  /// A value with its place.
  public init(path: String, origin: Origin, suggestion: String? = nil) {
    self.path = path
    self.origin = origin
    self.suggestion = suggestion
  }
}
