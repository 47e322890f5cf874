import ClusterModel
import Diagnostics
import Kubernetes
import Policies
import YAML

extension Rule {
  static let workloadPrivileged = Rule(
    id: "workload-privileged", chapter: .workloads, severity: .error,
    title: "a container has more power than a container should",
    why: """
      A privileged container is root on the node; one that may gain privileges, or has the capabilities of an \
      administrator, is a step away from it. The baseline of the Pod Security Standards forbids it.
      """,
    remedy: "Take the setting out, or give the container the one capability that it needs.",
    parameters: [allowedNamespaces.signature], tags: ["security", "workloads"], securitySeverity: "8.5",
    check: .object { object, context, report in
      guard let workload = Workload(object),
        !context[allowedNamespaces].map(Glob.init).match(object.id.namespace)
      else { return }
      for container in workload.containers {
        guard let security = container.node["securityContext"] else { continue }
        let field = "\(container.field).securityContext"
        if let privileged = security["privileged"], privileged.flag == true {
          report.add(
            .privileged(object.id, container), at: privileged.origin, about: object, field: "\(field).privileged")
        }
        if let escalation = security["allowPrivilegeEscalation"], escalation.flag == true {
          report.add(
            .escalates(object.id, container), at: escalation.origin, about: object,
            field: "\(field).allowPrivilegeEscalation")
        }
        for capability in security[path: "capabilities", "add"]?.sequence ?? [] {
          guard let name = capability.scalar?.text, !Capabilities.isInBaseline(name) else { continue }
          report.add(
            .adds(object.id, container, name), at: capability.origin, about: object,
            field: "\(field).capabilities.add[\(name)]")
        }
      }
    })

  private static let allowedNamespaces = Parameter(
    "allowedNamespaces", default: [String](), "Patterns of namespaces whose containers may do all this.")
}

/// The capabilities of Linux, as Pod Security Standards see them.
enum Capabilities {
  /// What the baseline lets a container add.
  private static let baseline: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  /// Whether the baseline lets a container add it. The prefix is how the kernel writes them, and some people too.
  static func isInBaseline(_ name: String) -> Bool {
    baseline.contains(name.hasPrefix("CAP_") ? String(name.dropFirst(4)) : name)
  }
}

extension Message {
  fileprivate static func privileged(_ id: ObjectID, _ container: Workload.Container) -> Self {
    Message("container '\(container.name)' of \(id) is privileged: it is root on the node")
  }

  fileprivate static func escalates(_ id: ObjectID, _ container: Workload.Container) -> Self {
    Message("container '\(container.name)' of \(id) may gain privileges that it was not given")
  }

  fileprivate static func adds(_ id: ObjectID, _ container: Workload.Container, _ name: String) -> Self {
    Message(
      "container '\(container.name)' of \(id) adds the capability \(name), which the baseline forbids",
      help: "Take it out of `capabilities.add`. Where it is what the container is there for, allow its namespace in "
        + "`allowedNamespaces`, or accept the finding with a reason.")
  }
}
