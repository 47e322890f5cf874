import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Data that objects of a ResourceSet take from others in the cluster, as annotations ask for it (flux-operator,
/// internal/controller/resourceset_controller_configs.go).
struct CopiedData {
  static let copyFrom = "\(FluxGroups.fluxOperator)/copyFrom"
  static let convertKubeConfigFrom = "\(FluxGroups.fluxOperator)/convertKubeConfigFrom"
  static let annotations = [copyFrom, convertKubeConfigFrom, DataChecksum.asking]

  /// Whose objects they are.
  let owner: ObjectReference
  let cluster: (ObjectID) -> AppliedObject?
  private(set) var gaps: [Gap] = []
  private(set) var problem: BuildProblem?

  init(owner: ObjectReference, cluster: @escaping (ObjectID) -> AppliedObject?) {
    self.owner = owner
    self.cluster = cluster
  }

  /// The objects with the data.
  mutating func completed(_ objects: [BuiltReconciliation.Object]) -> [BuiltReconciliation.Object] {
    var objects = objects
    for index in objects.indices where objects[index].manifest.apiVersion == "v1" {
      copy(into: &objects[index])
      convertKubeConfig(into: &objects[index])
    }
    var checksum = DataChecksum(objects: objects, cluster: cluster)
    for index in objects.indices { checksum.set(in: &objects[index]) }
    problem = problem ?? checksum.problem
    for missing in checksum.missing { note(missing.what, at: missing.place) }
    return objects
  }

  // MARK: copyFrom

  private mutating func copy(into object: inout BuiltReconciliation.Object) {
    guard let asked = object.manifest.node[path: "metadata", "annotations", Self.copyFrom] else { return }
    guard let id = identity(asked, kind: object.manifest.kind, of: Self.copyFrom) else { return }
    let isSecret = object.manifest.kind == "Secret"
    guard isSecret || object.manifest.kind == "ConfigMap" else { return }
    guard let source = cluster(id) else {
      object.unknownPaths.append(isSecret ? "stringData" : "data")
      return note(id.description, at: asked.origin.location)
    }
    let place = asked.origin.location
    if !isSecret {
      object.set("data", source.manifest.node["data"], from: source, at: place)
      object.set("binaryData", source.manifest.node["binaryData"], from: source, at: place)
      return
    }
    if object.manifest.node["type"] == nil {
      let type = source.manifest.node["type"] ?? Node(string: "Opaque", origin: source.manifest.origin)
      object.set("type", type, from: source, at: place)
    }
    object.set("stringData", SecretData(source).decoded(origin: asked.origin), from: source, at: place)
    object.unknownPaths += SecretData(source).unknownKeys.map { "stringData.\($0)" }
  }

  /// The object that `namespace/name` means; notes when it has another form.
  private mutating func identity(_ asked: Node, kind: String, of annotation: String) -> ObjectID? {
    let text = asked.scalar?.text ?? ""
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      problem =
        problem
        ?? BuildProblem(
          message: "\(annotation) must have the form 'namespace/name', not '\(text)'", location: asked.origin.location,
          trace: asked.origin.trace)
      return nil
    }
    return ObjectID(group: "", kind: kind, namespace: parts[0], name: parts[1])
  }

  private mutating func note(_ what: String, at place: Location) {
    gaps.append(
      Gap(
        kind: "copied-data-unknown",
        message: "\(owner) takes data from \(what), whose content is not in the repository",
        help: "Values from there are taken to be set", location: place, object: owner))
  }

  // MARK: convertKubeConfigFrom

  private mutating func convertKubeConfig(into object: inout BuiltReconciliation.Object) {
    guard object.manifest.kind == "ConfigMap",
      var asked = object.manifest.node[path: "metadata", "annotations", Self.convertKubeConfigFrom]
    else { return }
    let text = asked.scalar?.text ?? ""
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let key = parts.count == 2 && parts[0].contains("/") ? parts[1] : nil
    if key != nil { asked = Node(string: parts[0], origin: asked.origin) }
    guard let id = identity(asked, kind: "Secret", of: Self.convertKubeConfigFrom) else { return }
    let place = asked.origin.location
    let config = cluster(id).flatMap { kubeConfig(in: SecretData($0), key: key, origin: asked.origin) }
    guard let config else {
      object.unknownPaths += ["data.address", "data.ca.crt"]
      return note(id.description, at: place)
    }
    let first = config["clusters"]?.sequence?.first?["cluster"]
    guard let server = first?["server"], let authority = first?["certificate-authority-data"],
      let decoded = authority.scalar.flatMap({ Base64.decoded($0.text) })
    else {
      problem =
        problem
        ?? BuildProblem(message: "the kubeconfig in \(id) has no server or no certificate authority", location: place)
      return
    }
    let certificate = Node(string: String(decoding: decoded, as: UTF8.self), origin: authority.origin)
    object.add([("address", server), ("ca.crt", certificate)], to: "data", at: place)
  }

  private func kubeConfig(in secret: SecretData, key: String?, origin: Origin) -> Node? {
    let data = secret.decoded(origin: origin)
    for name in key.map({ [$0] }) ?? ["kubeconfig", "value"] {
      guard let text = data[name], !secret.unknownKeys.contains(name) else { continue }
      return try? text.embeddedDocuments().first?.root
    }
    return nil
  }
}

/// What a Secret holds, as the API server keeps it: `stringData` over `data`.
struct SecretData {
  private let object: AppliedObject

  init(_ object: AppliedObject) {
    self.object = object
  }

  /// Keys whose values are encrypted or come from elsewhere.
  var unknownKeys: [String] {
    let hidden = Set(object.unknownPaths + object.manifest.encryptedPaths)
    return ["data", "stringData"].flatMap { section in
      (object.manifest.node[section]?.mapping?.keys ?? []).filter {
        hidden.contains("\(section).\($0)")
      }
    }
  }

  /// All values as text.
  func decoded(origin: Origin) -> Node {
    var mapping = Mapping()
    for entry in object.manifest.node["data"]?.mapping?.entries ?? [] {
      guard let bytes = entry.value.scalar.flatMap({ Base64.decoded($0.text) }) else { continue }
      let text = Node(string: String(decoding: bytes, as: UTF8.self), origin: entry.value.origin)
      mapping.set(entry.key.text, text, keyOrigin: entry.keyOrigin)
    }
    for entry in object.manifest.node["stringData"]?.mapping?.entries ?? [] {
      mapping.set(entry.key.text, entry.value, keyOrigin: entry.keyOrigin)
    }
    return Node(.mapping(mapping), origin: origin)
  }
}

extension BuiltReconciliation.Object {
  /// Puts what another object has under `key` in the place of what this one has.
  fileprivate mutating func set(_ key: String, _ value: Node?, from source: AppliedObject, at place: Location) {
    guard let value else { return }
    let copied = value.stepped(.valued(from: source.reference.description), at: place)
    _ = manifest.node.withMapping { $0.set(key, copied) }
    unknownPaths += source.unknownPaths.filter { $0.hasPrefix("\(key).") }
    unknownPaths += source.manifest.encryptedPaths.filter { $0.hasPrefix("\(key).") }
  }

  /// Adds entries below `key` that are not there.
  fileprivate mutating func add(_ entries: [(String, Node)], to key: String, at place: Location) {
    if manifest.node[key]?.mapping == nil, let first = entries.first {
      _ = manifest.node.withMapping { $0.set(key, Node(.mapping(Mapping()), origin: first.1.origin)) }
    }
    _ = manifest.node.withMapping { object in
      object.withValue(of: key) { section in
        section.withMapping { mapping in
          for (name, value) in entries where mapping[name] == nil {
            mapping.set(name, value.stepped(.valued(from: "a kubeconfig"), at: place))
          }
        }
      }
    }
  }
}

extension ClusterState {
  /// The objects of a ResourceSet with the data they take from others; of anything else as they are.
  mutating func completed(
    _ objects: [BuiltReconciliation.Object], of position: Int
  ) -> [BuiltReconciliation.Object] {
    guard case .resourceSet(let set) = reconciliations[position].definition, set.takesData else { return objects }
    var data = CopiedData(owner: set.manifest.reference, cluster: object)
    let completed = data.completed(objects)
    for gap in data.gaps { note(gap) }
    if let problem = data.problem { reconciliations[position].outcome = .failed(problem) }
    return completed
  }
}
