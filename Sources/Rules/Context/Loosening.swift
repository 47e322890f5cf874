import ClusterModel
import Diagnostics
import Kubernetes
import YAML

/// A security setting of a workload that a patch has loosened: tight before the patch, loose in what is applied.
struct Loosening {
  /// The setting, such as `readOnlyRootFilesystem`.
  let setting: String
  /// The container; nil for a setting of the pod.
  let container: Workload.Container?
  /// What it said before, in words.
  let words: String
  /// Where it said so.
  let before: Location
  /// What loosens it: the value in the patch, or the operation that takes it out.
  let place: Location
  /// Whether what is applied still says something, only another thing.
  let isSet: Bool

  /// What tells it apart from other settings of the object.
  var field: String { "\(container?.field ?? "pod").\(setting)" }

  /// All settings of an object that patches have loosened, each once.
  static func all(of object: AppliedObject) -> [Loosening] {
    guard !object.earlier.isEmpty, let applied = Workload(object) else { return [] }
    var found: [Loosening] = []
    for (index, version) in object.earlier.enumerated() {
      let next = index + 1 < object.earlier.count ? object.earlier[index + 1].node : object.manifest.node
      guard let before = Workload(group: object.id.group, kind: object.id.kind, version.node),
        let after = Workload(group: object.id.group, kind: object.id.kind, next)
      else { continue }
      let path = Workload.podPath(group: object.id.group, kind: object.id.kind) ?? []
      let patch = PatchPlaces(version)
      for setting in SecuritySetting.all {
        for subject in setting.subjects(before, after, applied) {
          guard let loosening = setting.loosening(subject, patch, podPath: path),
            !found.contains(where: { $0.field == loosening.field })
          else { continue }
          found.append(loosening)
        }
      }
    }
    return found
  }

  init(
    setting: String, container: Workload.Container?, words: String, before: Location, place: Location, isSet: Bool
  ) {
    self.setting = setting
    self.container = container
    self.words = words
    self.before = before
    self.place = place
    self.isSet = isSet
  }
}

/// A security setting and when it is tight.
private struct SecuritySetting {
  /// A pod or a container before the patch, behind it, and as it is applied.
  struct Subject {
    var container: Workload.Container?
    /// The way from the pod's specification to the node that holds the setting.
    var way: [PatchPlaces.Step]
    var before: Node
    var after: Node?
    var applied: Node?
    /// What holds for a container that does not say: the pod's.
    var fallback: Node?
  }

  /// Whose it is.
  enum Holder { case pod, podSecurity, container }

  let name: String
  let holder: Holder
  /// The keys below the holder.
  let path: [String]
  /// What a value says that is tight; nil for one that is not.
  let tightness: @Sendable (Node?) -> Set<String>

  /// The settings that can only be tight where somebody wrote them.
  static let all: [SecuritySetting] = [
    .flag("hostNetwork", .pod, tight: false), .flag("hostPID", .pod, tight: false),
    .flag("hostIPC", .pod, tight: false),
    .flag("runAsNonRoot", .podSecurity, tight: true), .user(.podSecurity), .seccomp(.podSecurity),
    .flag("runAsNonRoot", .container, tight: true), .user(.container), .seccomp(.container),
    .flag("readOnlyRootFilesystem", .container, tight: true),
    .flag("allowPrivilegeEscalation", .container, tight: false),
    .flag("privileged", .container, tight: false),
    SecuritySetting(name: "capabilities", holder: .container, path: ["securityContext", "capabilities", "drop"]) {
      Set($0?.texts ?? [])
    },
  ]

  private static func holderPath(_ holder: Holder) -> [String] { holder == .pod ? [] : ["securityContext"] }

  static func flag(_ name: String, _ holder: Holder, tight: Bool) -> SecuritySetting {
    SecuritySetting(name: name, holder: holder, path: holderPath(holder) + [name]) {
      $0?.flag == tight ? [tight ? "true" : "false"] : []
    }
  }

  static func user(_ holder: Holder) -> SecuritySetting {
    SecuritySetting(name: "runAsUser", holder: holder, path: holderPath(holder) + ["runAsUser"]) {
      // Which user it is does not matter, as long as it is not root.
      $0?.number.map { $0 > 0 } ?? false ? ["not 0"] : []
    }
  }

  static func seccomp(_ holder: Holder) -> SecuritySetting {
    SecuritySetting(name: "seccompProfile", holder: holder, path: holderPath(holder) + ["seccompProfile", "type"]) {
      ["RuntimeDefault", "Localhost"].contains($0?.scalar?.text) ? ["a profile"] : []
    }
  }

  func subjects(_ before: Workload, _ after: Workload, _ applied: Workload) -> [Subject] {
    guard holder == .container else {
      return [Subject(container: nil, way: [], before: before.pod, after: after.pod, applied: applied.pod)]
    }
    return before.containers.compactMap { container in
      func same(_ workload: Workload) -> Node? {
        workload.containers.first { $0.field == container.field }?.node
      }
      // A container that is gone is not loosened.
      guard let now = same(applied) else { return nil }
      let index = before.pod[container.list]?.sequence?.firstIndex { $0["name"]?.scalar?.text == container.name } ?? 0
      let way: [PatchPlaces.Step] = [.key(container.list), .element(name: container.name, index: index)]
      return Subject(
        container: container, way: way, before: container.node, after: same(after), applied: now, fallback: applied.pod)
    }
  }

  func loosening(_ subject: Subject, _ patch: PatchPlaces, podPath: [String]) -> Loosening? {
    let old = subject.before.value(at: path)
    let tight = tightness(old)
    let now = subject.applied?.value(at: path)
    guard let old, !tight.isEmpty, !isAsTight(subject.after?.value(at: path), as: tight), !isAsTight(now, as: tight)
    else { return nil }
    if now == nil, isAsTight(subject.fallback?.value(at: path), as: tight) { return nil }
    // Unset and default are the same for these: nothing is lost where they are taken out.
    if now == nil, ["hostNetwork", "hostPID", "hostIPC", "privileged"].contains(name) { return nil }
    let steps = podPath.map { PatchPlaces.Step.key($0) } + subject.way + path.map { .key($0) }
    let place = now.flatMap { patch.wrote($0.origin) } ?? patch.place(of: steps)
    let words = old.scalar?.text ?? "[\(old.texts.joined(separator: ", "))]"
    return Loosening(
      setting: name, container: subject.container, words: words, before: old.origin.location, place: place,
      isSet: now != nil)
  }

  private func isAsTight(_ node: Node?, as tight: Set<String>) -> Bool {
    let now = tightness(node)
    return tight.isSubset(of: now) || name == "capabilities" && now.contains("ALL")
  }
}
