import Diagnostics
import Kubernetes
import YAML

/// A custom resource of Flux as a typed value that never changes. Every served and former version of its API reads into
/// the same type.
public protocol FluxResource: AnyObject, Sendable {
  /// The kind.
  static var fluxKind: FluxKind { get }
  /// The object as it was written or rendered.
  var manifest: Manifest { get }
  /// Fields of the wrong type; they read as absent.
  var problems: [FluxDecodeProblem] { get }
  /// Reads an object of this kind. Never fails: what cannot be read is in ``problems``.
  init(_ manifest: Manifest)
}

extension FluxResource {
  /// `metadata.name`.
  public var name: String { manifest.name }
  /// `metadata.namespace`; empty when there is none.
  public var namespace: String { manifest.namespace }
  /// The identity of the object.
  public var id: ObjectID { manifest.id }
  /// Where the name stands.
  public var origin: Origin { manifest.origin }
}

extension Manifest {
  /// A reader of `spec`, which notes when there is none to read.
  func specReader(isSpecRequired: Bool = true) -> SpecReader {
    let spec = node["spec"].flatMap { $0.isNull ? nil : $0 }
    var reader = SpecReader(
      mapping: spec?.mapping ?? Mapping(), origin: spec?.origin ?? node.origin, path: "spec", namespace: namespace)
    if let spec, spec.mapping == nil {
      let code = FluxDecodeProblem.Code.wrongType(wanted: "a mapping", found: spec.typeName)
      reader.note(FluxDecodeProblem(code, path: "spec", origin: spec.origin))
    } else if spec == nil, isSpecRequired {
      reader.note(FluxDecodeProblem(.specMissing, path: "spec", origin: origin))
    }
    return reader
  }
}
