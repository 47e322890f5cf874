/// Another object of the same kind that must be ready first.
public struct Dependency: SpecPart {
  /// The object.
  public var ref: ObjectRef?
  /// A CEL expression that says when it is ready, in place of the built-in check.
  public var readyExpr: Field<String>?

  init(_ reader: inout SpecReader) {
    // The kind is the referrer's own; `ref` gets it from the object that holds the dependency.
    ref = reader.ownRef(kind: "")
    readyExpr = reader.string("readyExpr")
  }
}

/// How the health of custom resources is told, in CEL.
public struct HealthCheckExpression: SpecPart {
  /// The API version of the custom resource; only its group counts.
  public var apiVersion: Field<String>?
  /// The kind; nil means all of the group.
  public var kind: Field<String>?
  /// When it is healthy.
  public var current: Field<String>?
  /// When it has failed.
  public var failed: Field<String>?
  /// When it is under way.
  public var inProgress: Field<String>?

  init(_ reader: inout SpecReader) {
    apiVersion = reader.string("apiVersion")
    kind = reader.string("kind")
    current = reader.string("current")
    failed = reader.string("failed")
    inProgress = reader.string("inProgress")
  }
}

/// A remote cluster to apply to.
public struct KubeConfig: SpecPart {
  /// The Secret with a kubeconfig.
  public var secretRef: ObjectRef?
  /// The key in that Secret.
  public var secretKey: Field<String>?
  /// The ConfigMap that says how to log in with a cloud identity.
  public var configMapRef: ObjectRef?

  init(_ reader: inout SpecReader) {
    secretRef = reader.localRef("secretRef")
    let key: Field<KeyPart>? = reader.object("secretRef")
    secretKey = key?.value.key
    configMapRef = reader.localRef("configMapRef", kind: "ConfigMap")
  }

  private struct KeyPart: SpecPart {
    var key: Field<String>?

    init(_ reader: inout SpecReader) { key = reader.string("key") }
  }
}
