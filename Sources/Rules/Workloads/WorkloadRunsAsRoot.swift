import ClusterModel
import Diagnostics
import Kubernetes
import YAML

extension Rule {
  static let workloadRunsAsRoot = Rule(
    id: "workload-runs-as-root", chapter: .workloads, severity: .warning,
    title: "a container is told to run as root, or allowed to",
    why: "Root in a container is root on the node as soon as a way out of the container is found.",
    remedy: "Set `runAsNonRoot: true` and a `runAsUser` other than 0, and build the image for it.",
    tags: ["security", "workloads"], securitySeverity: "5.0",
    check: .object { object, _, report in
      guard let workload = Workload(object) else { return }
      let pod = UserSetting(workload.pod["securityContext"])
      var isPodTold = false
      for container in workload.containers {
        let own = UserSetting(container.node["securityContext"])
        // What the container does not say, the pod says.
        let user = own.user ?? pod.user
        let nonRoot = own.nonRoot ?? pod.nonRoot
        guard let culprit = Self.culprit(user, nonRoot) else { continue }
        let isOfPod = culprit.isOf(pod, not: own)
        if isOfPod, isPodTold { continue }
        isPodTold = isPodTold || isOfPod
        report.add(
          .root(object.id, isOfPod ? nil : container.name, culprit.text), at: culprit.node.origin, about: object,
          field: "\(isOfPod ? "pod" : container.field).securityContext.\(culprit.name)")
      }
    })

  private static func culprit(_ user: Node?, _ nonRoot: Node?) -> UserSetting.Culprit? {
    if let user, let number = user.number {
      // Another user is no root, whatever would be allowed.
      return number == 0 ? UserSetting.Culprit(name: "runAsUser", text: "runAsUser: 0", node: user) : nil
    }
    guard let nonRoot, nonRoot.flag == false else { return nil }
    return UserSetting.Culprit(name: "runAsNonRoot", text: "runAsNonRoot: false", node: nonRoot)
  }
}

/// What a security context says about the user.
private struct UserSetting {
  /// The setting that lets a container be root.
  struct Culprit {
    var name: String
    var text: String
    var node: Node

    /// Whether it is the pod's, and the container does not say it itself.
    func isOf(_ pod: UserSetting, not container: UserSetting) -> Bool {
      name == "runAsUser" ? container.user == nil && pod.user != nil : container.nonRoot == nil && pod.nonRoot != nil
    }
  }

  let user: Node?
  let nonRoot: Node?

  init(_ security: Node?) {
    user = security?["runAsUser"]
    nonRoot = security?["runAsNonRoot"]
  }
}

extension Message {
  fileprivate static func root(_ id: ObjectID, _ container: String?, _ setting: String) -> Self {
    guard let container else { return Message("\(id) lets its containers run as root: `\(setting)`") }
    let verb = setting.hasPrefix("runAsUser") ? "runs" : "may run"
    return Message("container '\(container)' of \(id) \(verb) as root: `\(setting)`")
  }
}
