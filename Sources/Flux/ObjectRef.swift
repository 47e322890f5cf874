import Diagnostics
import Kubernetes
import YAML

/// A reference to another object, with the namespace filled in where Flux fills it in.
public struct ObjectRef: Sendable, Hashable {
  /// As written; nil when the reference does not say.
  public var apiVersion: Field<String>?
  /// The kind that is meant, also where the field implies it (a `secretRef` means a Secret).
  public var kind: String
  /// Where the kind stands, when it is written.
  public var kindOrigin: Origin?
  /// The name.
  public var name: String
  /// The namespace: as written, else that of the object which holds the reference.
  public var namespace: String
  /// The namespace as written; nil when the reference does not say.
  public var writtenNamespace: Field<String>?
  /// Where the name stands.
  public var origin: Origin

  /// A reference by its parts.
  public init(
    kind: String, name: String, namespace: String, origin: Origin, apiVersion: Field<String>? = nil,
    writtenNamespace: Field<String>? = nil, kindOrigin: Origin? = nil
  ) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.kindOrigin = kindOrigin
    self.name = name
    self.namespace = namespace
    self.writtenNamespace = writtenNamespace
    self.origin = origin
  }

  /// The API group: of `apiVersion`, else the one Flux implies; empty for the core group.
  public var group: String {
    if let apiVersion { return GroupVersionKind(apiVersion: apiVersion.value, kind: kind).group }
    return FluxKind(rawValue: kind)?.group ?? ""
  }

  /// The identity of the object that is meant.
  public var id: ObjectID {
    ObjectID(group: group, kind: kind, namespace: namespace, name: name)
  }

  /// Whether it leads out of `own`, the namespace of the object that holds it.
  public func crossesNamespace(from own: String) -> Bool { namespace != own }
}

extension SpecReader {
  /// The reference under `key`; nil when it is absent or has no name.
  mutating func ref(_ key: String, kind implied: String? = nil) -> ObjectRef? {
    let part: Field<RefPart>? = object(key)
    return part.flatMap { $0.value.ref(kind: implied, namespace: namespace) }
  }

  /// The reference under `key` to an object of `kind` beside this one: only its name counts.
  mutating func localRef(_ key: String, kind: String = "Secret") -> ObjectRef? {
    let part: Field<LocalRefPart>? = object(key)
    guard let name = part?.value.name else { return nil }
    return ObjectRef(kind: kind, name: name.value, namespace: namespace, origin: name.origin)
  }

  /// This mapping itself as a reference; nil when it has no name.
  mutating func ownRef(kind implied: String? = nil) -> ObjectRef? {
    RefPart(&self).ref(kind: implied, namespace: namespace)
  }

  /// This mapping itself as a reference to an object beside this one: a namespace in it does not count.
  mutating func ownLocalRef() -> ObjectRef? {
    guard let kind = string("kind"), let name = string("name") else { return nil }
    return ObjectRef(
      kind: kind.value, name: name.value, namespace: namespace, origin: name.origin, kindOrigin: kind.origin)
  }

  /// `dependsOn`, whose entries mean objects of the kind that holds it.
  mutating func dependencies(kind: String) -> [Field<Dependency>] {
    var found: [Field<Dependency>] = list("dependsOn")
    for index in found.indices { found[index].value.ref?.kind = kind }
    return found
  }

  /// The references in the list under `key`; those without a name are left out.
  mutating func refs(_ key: String, kind implied: String? = nil) -> [ObjectRef] {
    let parts: [Field<RefPart>] = list(key)
    return parts.compactMap { $0.value.ref(kind: implied, namespace: namespace) }
  }
}

/// The fields that references have in common.
private struct RefPart: SpecPart {
  var apiVersion: Field<String>?
  var kind: Field<String>?
  var name: Field<String>?
  var namespace: Field<String>?

  init(_ reader: inout SpecReader) {
    apiVersion = reader.string("apiVersion")
    kind = reader.string("kind")
    name = reader.string("name")
    namespace = reader.string("namespace")
  }

  func ref(kind implied: String?, namespace own: String) -> ObjectRef? {
    guard let name, let kindName = implied ?? kind?.value else { return nil }
    let written = namespace.flatMap { $0.value.isEmpty ? nil : $0 }
    return ObjectRef(
      kind: kindName, name: name.value, namespace: written?.value ?? own, origin: name.origin, apiVersion: apiVersion,
      writtenNamespace: written, kindOrigin: kind?.origin)
  }
}

private struct LocalRefPart: SpecPart {
  var name: Field<String>?

  init(_ reader: inout SpecReader) {
    name = reader.string("name")
  }
}
