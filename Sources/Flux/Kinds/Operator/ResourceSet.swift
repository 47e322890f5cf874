import Diagnostics
import Kubernetes
import YAML

/// Templates of objects with their inputs.
public final class ResourceSet: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.resourceSet
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// One mapping of values each.
  public let inputs: [Node]
  /// Providers of further inputs.
  public let inputsFrom: [Field<InputSource>]
  /// How inputs are combined.
  public let inputStrategy: Field<InputStrategy>?
  /// Objects with template expressions.
  public let resources: [Node]
  /// A template that prints objects.
  public let resourcesTemplate: Field<String>?
  /// Objects applied one step after the other.
  public let steps: [Field<Step>]
  /// What must be there first.
  public let dependsOn: [Field<Dependency>]
  /// Labels and annotations of all objects.
  public let commonMetadata: Field<CommonMetadata>?
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// Whether the objects are waited for.
  public let wait: Field<Bool>?

  /// Reads `ResourceSet` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    inputs = reader.items("inputs")
    inputsFrom = reader.list("inputsFrom")
    inputStrategy = reader.object("inputStrategy")
    resources = reader.items("resources")
    resourcesTemplate = reader.string("resourcesTemplate")
    steps = reader.list("steps")
    dependsOn = reader.list("dependsOn")
    commonMetadata = reader.object("commonMetadata")
    serviceAccountName = reader.string("serviceAccountName")
    wait = reader.bool("wait")
    problems = reader.problems
  }
}

extension ResourceSet {
  /// Providers of inputs, by name or by labels.
  public struct InputSource: SpecPart {
    /// The API version.
    public var apiVersion: Field<String>?
    /// `ResourceSetInputProvider`.
    public var kind: Field<String>?
    /// The provider.
    public var name: Field<String>?
    /// Labels of the providers.
    public var selector: Field<ObjectSelector>?

    init(_ reader: inout SpecReader) {
      apiVersion = reader.string("apiVersion")
      kind = reader.string("kind")
      name = reader.string("name")
      selector = reader.object("selector")
    }
  }

  /// How inputs are combined.
  public struct InputStrategy: SpecPart {
    /// `Flatten` or `Permute`.
    public var name: Field<String>?
    /// Whether a provider without inputs counts.
    public var includeEmptyProviders: Field<Bool>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      includeEmptyProviders = reader.bool("includeEmptyProviders")
    }
  }

  /// Objects that are applied together.
  public struct Step: SpecPart {
    /// The name.
    public var name: Field<String>?
    /// Objects with template expressions.
    public var resources: [Node]
    /// A template that prints objects.
    public var resourcesTemplate: Field<String>?
    /// How long it may take.
    public var timeout: Field<GoDuration>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      resources = reader.items("resources")
      resourcesTemplate = reader.string("resourcesTemplate")
      timeout = reader.duration("timeout")
    }
  }

  /// An object that must be there first.
  public struct Dependency: SpecPart {
    /// The object, of any kind. The operator fills in no namespace: without one it looks in none.
    public var ref: ObjectRef?
    /// Whether it must be ready.
    public var ready: Field<Bool>?
    /// A CEL expression that says when it is ready.
    public var readyExpr: Field<String>?

    init(_ reader: inout SpecReader) {
      ref = reader.ownRef()
      ready = reader.bool("ready")
      readyExpr = reader.string("readyExpr")
      if let named = ref {
        ref?.namespace = named.isClusterScoped ? "" : named.writtenNamespace?.value ?? ""
      }
    }

    /// Whether it must be ready by the built-in check; else it must be there, or what `readyExpr` says must hold of it.
    public var waitsForReady: Bool { ready?.value == true && readyExpr == nil }
  }
}

extension ObjectRef {
  fileprivate var isClusterScoped: Bool { BuiltInKinds.kind(group: group, kind: kind)?.scope == .cluster }

  /// Whether it means an object of a kind that lives in namespaces, and names none: there is no such object.
  public var isUnplaced: Bool {
    guard namespace.isEmpty else { return false }
    return FluxKind(rawValue: kind)?.group == group || BuiltInKinds.kind(group: group, kind: kind)?.scope == .namespaced
  }
}
