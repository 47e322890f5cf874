import Diagnostics
import Documents
import Files
import Kubernetes
import Kustomize
import YAML

/// `spec.kustomize.patches` of an instance, which the operator applies to all that it installs.
struct InstancePatches {
  private let instance: Instance

  init(_ instance: Instance) {
    self.instance = instance
  }

  struct Result {
    var objects: [Node]
    /// What could not be applied to what is known of Flux's manifests.
    var gaps: [Gap] = []
  }

  /// `objects` with all patches that are about them.
  func applied(to objects: [Node]) -> Result {
    let kinds = Set(objects.compactMap { $0["kind"]?.scalar?.text })
    let patches = (instance.spec[path: "kustomize", "patches"]?.sequence ?? []).filter { concerns($0, kinds) }
    guard !patches.isEmpty else { return Result(objects: objects) }
    if let all = try? build(objects, with: patches) { return Result(objects: all) }
    // One that does not fit must not keep the others from being applied.
    var result = Result(objects: objects)
    for patch in patches {
      do throws(KustomizeError) {
        result.objects = try build(result.objects, with: [patch])
      } catch {
        result.gaps.append(
          Gap(
            kind: "instance-patch-not-applied",
            message: "a patch of \(instance.owner) does not fit what is known of Flux's manifests: \(error.message)",
            help: "The flags it sets are not taken into account", location: error.location ?? patch.origin.location,
            object: instance.owner))
      }
    }
    return result
  }

  /// Whether a patch without a target is about one of these kinds.
  private func concerns(_ patch: Node, _ kinds: Set<String>) -> Bool {
    guard patch["target"] == nil else { return true }
    let documents = (try? patch["patch"]?.embeddedDocuments()) ?? []
    return documents.contains { kinds.contains($0.root["kind"]?.scalar?.text ?? "") }
  }

  private func build(_ objects: [Node], with patches: [Node]) throws(KustomizeError) -> [Node] {
    let file = "manifests.yaml"
    let made = MadeObject(origin: patches.first?.origin ?? instance.spec.origin)
    let kustomization = made.mapping([
      ("apiVersion", made.text("kustomize.config.k8s.io/v1beta1")), ("kind", made.text("Kustomization")),
      ("resources", made.list([made.text(file)])), ("patches", made.list(patches)),
    ])
    let path = RepoPath.root.child(file)
    let documents = objects.enumerated().map { Document(root: $1, index: $0) }
    let tree = ParsedTree(
      MemoryTree([path: SourceFile(path: "<flux-operator>", bytes: [])]), parsed: [path: .success(documents)])
    let options = BuildOptions(
      order: .none, remotePolicy: .leaveOut, topKustomization: TopKustomization(node: kustomization))
    return try KustomizeBuild.run(.root, in: tree, options: options).resources.map(\.node)
  }
}
