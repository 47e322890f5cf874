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
      A privileged container is root on the node, and one that has the capabilities of an administrator is a step away \
      from it: the baseline of the Pod Security Standards forbids both. Where privileges may be gained, a program that \
      is broken into can become root in its container; the level `restricted` forbids that.
      """,
    remedy: "Take the setting out. Where it is what the container is there for, allow its namespace in "
      + "`allowedNamespaces`, or accept the finding with a reason.",
    parameters: [allowedNamespaces.signature], tags: ["security", "workloads"], securitySeverity: "8.5",
    check: .object { object, context, report in
      guard let workload = Workload(object),
        !context[allowedNamespaces].map(Glob.init).match(object.id.namespace)
      else { return }
      for container in workload.containers {
        guard let security = container.node["securityContext"] else { continue }
        let powers = Power.all(in: security)
        guard let first = powers.first else { continue }
        report.add(
          .has(object.id, container, powers), at: first.node.origin, about: object,
          field: "\(container.field).securityContext.\(first.field)",
          related: powers.dropFirst().map { RelatedLocation("\($0.field) as well", at: $0.node.origin.location) },
          severity: first.isForbidden ? nil : .warning)
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

/// A power that a container has over others, or may get.
private struct Power {
  enum Kind: Equatable {
    case privileged
    case capability(String)
    case escalation
  }

  let kind: Kind
  let node: Node

  /// What a container has, the greatest power first.
  static func all(in security: Node) -> [Power] {
    var powers: [Power] = []
    if let node = security["privileged"], node.flag == true { powers.append(Power(kind: .privileged, node: node)) }
    for node in security[path: "capabilities", "add"]?.sequence ?? [] {
      guard let name = node.scalar?.text, !Capabilities.isInBaseline(name) else { continue }
      powers.append(Power(kind: .capability(name), node: node))
    }
    if let node = security["allowPrivilegeEscalation"], node.flag == true {
      powers.append(Power(kind: .escalation, node: node))
    }
    return powers
  }

  /// Where it stands in the security context, with the name of the entry in a list.
  var field: String {
    switch kind {
    case .privileged: "privileged"
    case .capability(let name): "capabilities.add[\(name)]"
    case .escalation: "allowPrivilegeEscalation"
    }
  }

  /// Whether the baseline forbids it. To gain privileges is what any container may that does not say otherwise.
  var isForbidden: Bool { kind != .escalation }

  var capability: String? {
    if case .capability(let name) = kind { name } else { nil }
  }
}

extension Message {
  /// What a container has, by its greatest power: being privileged is more than any capability.
  fileprivate static func has(_ id: ObjectID, _ container: Workload.Container, _ powers: [Power]) -> Self {
    let subject = "container '\(container.name)' of \(id)"
    switch powers.first?.kind {
    case .privileged: return Message("\(subject) is privileged: it is root on the node")
    case .capability:
      let names = powers.compactMap(\.capability)
      let what = names.count == 1 ? "capability" : "capabilities"
      return Message("\(subject) adds the \(what) \(Listing.of(names)), which the baseline forbids")
    case .escalation, nil:
      return Message(
        "\(subject) may gain privileges that it was not started with",
        help: "Set `allowPrivilegeEscalation: false`; without the field it is as if it were `true`.")
    }
  }
}
