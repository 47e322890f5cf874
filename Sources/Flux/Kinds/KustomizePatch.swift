import Diagnostics
import YAML

/// A patch as Flux objects carry it.
public struct KustomizePatch: SpecPart {
  /// A strategic merge patch or a list of JSON 6902 operations.
  public var patch: Field<String>?
  /// Which objects it is for; nil leaves that to the patch.
  public var target: Field<PatchTarget>?
  /// The whole entry.
  public var node: Node

  init(_ reader: inout SpecReader) {
    node = Node(.mapping(reader.mapping), origin: reader.origin)
    patch = reader.string("patch")
    target = reader.object("target")
  }
}

/// Which objects a patch or a rule is for. Texts are regular expressions.
public struct PatchTarget: SpecPart {
  /// The API group.
  public var group: Field<String>?
  /// The API version.
  public var version: Field<String>?
  /// The kind.
  public var kind: Field<String>?
  /// The name.
  public var name: Field<String>?
  /// The namespace.
  public var namespace: Field<String>?
  /// A selector for labels.
  public var labelSelector: Field<String>?
  /// A selector for annotations.
  public var annotationSelector: Field<String>?

  init(_ reader: inout SpecReader) {
    group = reader.string("group")
    version = reader.string("version")
    kind = reader.string("kind")
    name = reader.string("name")
    namespace = reader.string("namespace")
    labelSelector = reader.string("labelSelector")
    annotationSelector = reader.string("annotationSelector")
  }
}

/// Another name, tag or digest for an image.
public struct ImageOverride: SpecPart {
  /// The image without a tag.
  public var name: Field<String>?
  /// Its new name.
  public var newName: Field<String>?
  /// Its new tag.
  public var newTag: Field<String>?
  /// Its digest.
  public var digest: Field<String>?
  /// The whole entry.
  public var node: Node

  init(_ reader: inout SpecReader) {
    node = Node(.mapping(reader.mapping), origin: reader.origin)
    name = reader.string("name")
    newName = reader.string("newName")
    newTag = reader.string("newTag")
    digest = reader.string("digest")
  }
}

/// Fields of objects that drift detection passes over.
public struct IgnoreRule: SpecPart {
  /// JSON pointers.
  public var paths: [Field<String>]
  /// Which objects it is for; nil means all.
  public var target: Field<PatchTarget>?

  init(_ reader: inout SpecReader) {
    paths = reader.strings("paths")
    target = reader.object("target")
  }
}
