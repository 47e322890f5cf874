import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Data that objects of a ResourceSet take from others in the cluster, as annotations ask for it (flux-operator,
/// internal/controller/resourceset_controller_configs.go).
struct CopiedData {
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
    guard let asked = object.manifest.node[path: "metadata", "annotations", DataAnnotation.copyFrom] else { return }
    guard let id = DataAnnotation.copySource(asked.scalar?.text ?? "", kind: object.manifest.kind) else {
      return fail("\(DataAnnotation.copyFrom) must have the form 'namespace/name'", asked)
    }
    let isSecret = object.manifest.kind == "Secret"
    guard isSecret || object.manifest.kind == "ConfigMap" else { return }
    guard let source = cluster(id) else {
      object.unknownPaths.append(isSecret ? "stringData" : "data")
      return note(id.description, at: asked.origin.location)
    }
    let place = asked.origin.location
    if !isSecret {
      // Even where the source has no data, the object's own does not stay.
      let data = source.manifest.node["data"].flatMap { $0.mapping == nil ? nil : $0 }
      object.set("data", data ?? Node(.mapping(Mapping()), origin: source.manifest.origin), from: source, at: place)
      if let data = source.manifest.node["binaryData"], data.mapping?.isEmpty == false {
        object.set("binaryData", data, from: source, at: place)
      }
      return
    }
    if object.manifest.node["type"] == nil {
      let type = source.manifest.node["type"] ?? Node(string: "Opaque", origin: source.manifest.origin)
      object.set("type", type, from: source, at: place)
    }
    object.set("stringData", SecretData(source).decoded(origin: asked.origin), from: source, at: place)
    object.unknownPaths += SecretData(source).unknownKeys.map { "stringData.\($0)" }
  }

  /// Notes why the operator gives up, at an annotation.
  private mutating func fail(_ reason: String, _ asked: Node) {
    let text = asked.scalar?.text ?? ""
    problem =
      problem
      ?? BuildProblem(
        message: "\(reason), not '\(text)'", location: asked.origin.location, trace: asked.origin.trace)
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
      let asked = object.manifest.node[path: "metadata", "annotations", DataAnnotation.convertKubeConfigFrom]
    else { return }
    let (id, key) = DataAnnotation.kubeConfig(asked.scalar?.text ?? "")
    guard let id else {
      return fail(
        "\(DataAnnotation.convertKubeConfigFrom) must have the form 'namespace/name' or 'namespace/name:key'", asked)
    }
    let place = asked.origin.location
    switch kubeConfig(in: id, key: key, origin: asked.origin) {
    case .unknown:
      object.unknownPaths += ["data.address", "data.ca.crt"]
      note(id.description, at: place)
    case .unusable(let reason): problem = problem ?? BuildProblem(message: reason, location: place)
    case .found(let server, let certificate):
      object.add([("address", server), ("ca.crt", certificate)], to: "data", at: place)
    }
  }

  private enum KubeConfig {
    case found(server: Node, certificate: Node)
    /// The operator fails.
    case unusable(String)
    /// Its content is not in the repository.
    case unknown
  }

  /// The address and the certificate of the first cluster in the kubeconfig that a Secret has under `key`.
  private func kubeConfig(in id: ObjectID, key: String?, origin: Origin) -> KubeConfig {
    guard let secret = cluster(id).map(SecretData.init) else { return .unknown }
    let (keys, data) = (key.map { [$0] } ?? ["kubeconfig", "value"], secret.decoded(origin: origin))
    guard let name = keys.first(where: { secret.keys.contains($0) }) else {
      let names = keys.map { "'\($0)'" }.joined(separator: " or ")
      return secret.hasKnownKeys ? .unusable("\(id) has no key \(names) with a kubeconfig") : .unknown
    }
    guard let text = data[name], !secret.unknownKeys.contains(name), secret.hasKnownKeys else { return .unknown }
    let clusters = (try? text.embeddedDocuments().first?.root)?["clusters"]?.sequence ?? []
    guard let first = clusters.first?["cluster"], let server = first["server"],
      server.scalar?.text.isEmpty == false, let authority = first["certificate-authority-data"],
      let decoded = authority.scalar.flatMap({ Base64.decoded($0.text) }), !decoded.isEmpty
    else { return .unusable("the kubeconfig in \(id) has no server or no certificate authority") }
    return .found(
      server: server, certificate: Node(string: String(decoding: decoded, as: UTF8.self), origin: authority.origin))
  }
}

/// What a Secret holds, as the API server keeps it: `stringData` over `data`.
struct SecretData {
  private let object: AppliedObject

  init(_ object: AppliedObject) {
    self.object = object
  }

  /// All keys.
  var keys: Set<String> {
    Set(["data", "stringData"].flatMap { object.manifest.node[$0]?.mapping?.keys ?? [] })
  }

  /// Whether no key can be missing among them: nothing from elsewhere goes into it as a whole.
  var hasKnownKeys: Bool { !object.unknownPaths.contains("data") && !object.unknownPaths.contains("stringData") }

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
  fileprivate mutating func set(_ key: String, _ value: Node, from source: AppliedObject, at place: Location) {
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
