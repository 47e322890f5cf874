import Diagnostics
import Kubernetes

/// The state of a Flux installation, as flux-operator reports it.
public final class FluxReport: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.fluxReport
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// Which Flux.
  public let distribution: Field<Distribution>?
  /// The controllers.
  public let components: [Field<Component>]
  /// What the cluster is synchronised with.
  public let sync: Field<Sync>?

  /// Reads `FluxReport` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    distribution = reader.object("distribution")
    components = reader.list("components")
    sync = reader.object("sync")
    problems = reader.problems
  }
}

extension FluxReport {
  /// Which Flux is installed.
  public struct Distribution: SpecPart {
    /// The version.
    public var version: Field<String>?
    /// The state.
    public var status: Field<String>?
    /// The licence.
    public var entitlement: Field<String>?
    /// Who manages it.
    public var managedBy: Field<String>?

    init(_ reader: inout SpecReader) {
      version = reader.string("version")
      status = reader.string("status")
      entitlement = reader.string("entitlement")
      managedBy = reader.string("managedBy")
    }
  }

  /// A controller.
  public struct Component: SpecPart {
    /// The name.
    public var name: Field<String>?
    /// The image.
    public var image: Field<String>?
    /// Whether it is ready.
    public var ready: Field<Bool>?
    /// The state.
    public var status: Field<String>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      image = reader.string("image")
      ready = reader.bool("ready")
      status = reader.string("status")
    }
  }

  /// What a cluster is synchronised with.
  public struct Sync: SpecPart {
    /// The Kustomization.
    public var id: Field<String>?
    /// The path.
    public var path: Field<String>?
    /// The address of the source.
    public var source: Field<String>?
    /// Whether it is ready.
    public var ready: Field<Bool>?
    /// The state.
    public var status: Field<String>?

    init(_ reader: inout SpecReader) {
      id = reader.string("id")
      path = reader.string("path")
      source = reader.string("source")
      ready = reader.bool("ready")
      status = reader.string("status")
    }
  }
}
