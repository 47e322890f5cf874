import Diagnostics
import Documents
import Files
import Flux
import Kustomize
import YAML

/// The kustomization that kustomize-controller builds: the file in `spec.path`, or one made for the directory, with
/// what the Flux object says put over it (fluxcd/pkg/kustomize, `Generator`).
struct GeneratedKustomization {
  let kustomization: Flux.Kustomization
  let directory: RepoPath
  let tree: any DocumentTree
  let version: FluxVersion

  /// Where values come from that no field says, such as the list of a directory's files.
  private var origin: Origin { kustomization.path?.origin ?? kustomization.origin }

  /// The content and the name of the file that it stands for.
  func make() throws(FluxBuildError) -> TopKustomization {
    let scan = ManifestScan(tree: tree)
    let files = try scan.kustomizationFiles(in: directory)
    var fields: Mapping
    var place = origin
    if let file = files.first {
      let written = try read(file)
      place = written.map(\.origin) ?? Origin(file: SourceFile(path: file.string, bytes: []), span: .fileStart)
      fields = try KustomizationDecoding(file: place.location).fields(of: written)
      if fields["resources"] == nil {
        // What Flux does so that kustomize takes a file that says nothing else.
        fields.set("buildMetadata", .texts(["originAnnotations"], origin: place))
      }
    } else {
      fields = try made(scan)
    }
    for (key, value) in [("apiVersion", "kustomize.config.k8s.io/v1beta1"), ("kind", "Kustomization")]
    where fields[key] == nil {
      fields.set(key, Node(string: value, origin: place))
    }
    try overlay(&fields)
    return TopKustomization(
      node: Node(.mapping(fields), origin: place), fileName: files.first?.name ?? ManifestScan.kustomizationNames[0])
  }

  private func read(_ file: RepoPath) throws(FluxBuildError) -> Node? {
    do { return try tree.documents(at: file)?.first?.root } catch { throw FluxBuildError(.document(error), at: origin) }
  }

  /// A kustomization for a directory without one. kustomize refuses an empty one, hence the placeholder.
  private func made(_ scan: ManifestScan) throws(FluxBuildError) -> Mapping {
    let resources = try scan.resources(below: directory)
    var fields = Mapping()
    if resources.isEmpty {
      fields.set("namespace", Node(string: "_placeholder", origin: origin))
    } else {
      fields.set("resources", .texts(resources, origin: origin))
    }
    return fields
  }

  private func overlay(_ fields: inout Mapping) throws(FluxBuildError) {
    set("namespace", kustomization.targetNamespace, "spec.targetNamespace", in: &fields)
    set("namePrefix", kustomization.namePrefix, "spec.namePrefix", in: &fields)
    set("nameSuffix", kustomization.nameSuffix, "spec.nameSuffix", in: &fields)
    fields.append(kustomization.patches.map(\.value.asKustomizePatch), to: "patches")
    fields.append(try components(), to: "components")
    fields.append(try kustomization.patchesStrategicMerge.map(Self.inline), to: "patchesStrategicMerge")
    fields.append(try kustomization.patchesJson6902.map(Self.jsonPatch), to: "patchesJson6902")
    fields.setList("images", ImageMerge(version: version).merged(fields["images"], with: kustomization.images))
    if version >= .v29, let first = kustomization.buildMetadata.first {
      let items = kustomization.buildMetadata.map { Node(string: $0.value, origin: $0.origin) }
      fields.set("buildMetadata", Node(.sequence(items), origin: first.origin))
    }
  }

  /// Sets what a field of the Flux object says, with a step that names the field.
  private func set(_ key: String, _ field: Field<String>?, _ name: String, in fields: inout Mapping) {
    guard let field else { return }
    guard !field.value.isEmpty else {
      fields.remove(key)
      return
    }
    let origin = field.origin.adding(.reconciled(field: name), at: field.origin.location)
    fields.set(key, Node(string: field.value, origin: origin))
  }

  private func components() throws(FluxBuildError) -> [Node] {
    var found: [Node] = []
    for component in kustomization.components {
      guard Self.isLocal(component.value) else {
        throw FluxBuildError(.componentNotLocal(component.value), at: component.origin)
      }
      if kustomization.ignoreMissingComponents?.value == true, try !exists(component.value) { continue }
      found.append(Node(string: component.value, origin: component.origin))
    }
    return found
  }

  private func exists(_ component: String) throws(FluxBuildError) -> Bool {
    guard let path = try? directory.appending(component) else { return false }
    if path == .root { return true }
    do { return try tree.kind(of: path) != nil } catch { throw FluxBuildError(error, at: path) }
  }

  /// Whether a path is relative and no URL. Flux looks at these beginnings only.
  private static func isLocal(_ path: String) -> Bool {
    let lowered = path.lowercased()
    let remote = ["git::", "gh:", "ssh://", "https://", "http://", "git@", "github.com:", "github.com/"]
    if remote.contains(where: { lowered.hasPrefix($0) && lowered.utf8.count > $0.utf8.count }) { return false }
    return !lowered.hasPrefix("/") && !lowered.hasPrefix("file:///")
  }

  /// An object as the text of a patch, which is JSON.
  private static func inline(_ patch: Node) throws(FluxBuildError) -> Node {
    Node(string: try json(patch), origin: patch.origin)
  }

  private static func jsonPatch(_ patch: Node) throws(FluxBuildError) -> Node {
    var copy = patch
    guard let operations = patch["patch"] else { return patch }
    let texts = try (operations.sequence ?? []).map(Self.operation)
    let text = Node(string: "[\(texts.joined(separator: ","))]", origin: operations.origin)
    _ = copy.withMapping { $0.set("patch", text) }
    return copy
  }

  /// An operation of a JSON patch as Flux writes it: the fields that it knows, in the order of its type.
  private static func operation(_ node: Node) throws(FluxBuildError) -> String {
    var fields: [String] = []
    for key in ["op", "path", "from", "value"] {
      guard let value = node[key], !value.isNull else { continue }
      fields.append("\"\(key)\":\(try json(value))")
    }
    return "{\(fields.joined(separator: ","))}"
  }

  private static func json(_ node: Node) throws(FluxBuildError) -> String {
    do {
      return String(decoding: try JSONEmitter().emit(node), as: UTF8.self)
    } catch {
      throw FluxBuildError(.document(.yaml(error)), at: node.origin)
    }
  }
}

extension KustomizePatch {
  /// This patch as an entry of a kustomization's `patches`. Fields that Flux does not have are not part of it.
  var asKustomizePatch: Node {
    var fields = Mapping()
    if patch?.value.isEmpty == false, let entry = node.mapping?.entry("patch") { fields.append(entry) }
    if let target { fields.set("target", Node(.mapping(target.value.asSelector), origin: target.origin)) }
    return Node(.mapping(fields), origin: node.origin)
  }
}

extension PatchTarget {
  fileprivate var asSelector: Mapping {
    let parts = [
      ("group", group), ("version", version), ("kind", kind), ("name", name), ("namespace", namespace),
      ("labelSelector", labelSelector), ("annotationSelector", annotationSelector),
    ]
    var fields = Mapping()
    for case (let key, let part?) in parts where !part.value.isEmpty {
      fields.set(key, Node(string: part.value, origin: part.origin))
    }
    return fields
  }
}

extension Mapping {
  /// Adds `items` to the end of the list under `key`, which is made where it is missing.
  fileprivate mutating func append(_ items: [Node], to key: String) {
    guard let first = items.first else { return }
    let list = self[key] ?? Node(.sequence([]), origin: first.origin)
    set(key, Node(.sequence((list.sequence ?? []) + items), origin: list.origin))
  }

  /// Sets the list under `key`, unless it is empty.
  fileprivate mutating func setList(_ key: String, _ items: [Node]) {
    guard let first = items.first else { return }
    set(key, Node(.sequence(items), origin: self[key]?.origin ?? first.origin))
  }
}

extension Node {
  fileprivate static func texts(_ texts: [String], origin: Origin) -> Node {
    Node(.sequence(texts.map { Node(string: $0, origin: origin) }), origin: origin)
  }
}
