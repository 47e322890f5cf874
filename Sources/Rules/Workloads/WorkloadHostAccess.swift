import ClusterModel
import Diagnostics
import Kubernetes
import Policies
import YAML

extension Rule {
  static let workloadHostAccess = Rule(
    id: "workload-host-access", chapter: .workloads, severity: .error,
    title: "a pod reaches into its node",
    why: """
      The node's network, processes or files are those of every other pod on it too: whoever breaks into such a pod is \
      past the walls between tenants.
      """,
    remedy: "Use a Service, a volume or an agent of the platform instead, or allow the namespace in the parameters.",
    parameters: [allowedNamespaces.signature], tags: ["security", "workloads"], securitySeverity: "8.0",
    check: .object { object, context, report in
      guard let workload = Workload(object),
        !context[allowedNamespaces].map(Glob.init).match(object.id.namespace)
      else { return }
      for (field, what) in shared {
        guard let node = workload.pod[field], node.flag == true else { continue }
        report.add(
          .uses(object.id, "the node's \(what) (`\(field): true`)"), at: node.origin, about: object,
          field: "pod.\(field)")
      }
      report.add(HostAccess.folders(of: workload), by: object)
      // In the node's network every port is one of the node.
      if workload.pod["hostNetwork"]?.flag != true { report.add(HostAccess.ports(of: workload), by: object) }
    })

  private static let shared = [
    ("hostNetwork", "network"), ("hostPID", "process namespace"), ("hostIPC", "shared memory"),
  ]
  private static let allowedNamespaces = Parameter(
    "allowedNamespaces", default: [String](), "Patterns of namespaces whose pods may reach into their nodes.")
}

/// Folders or ports of the node that a pod uses. However many there are, it is one decision.
private struct HostAccess {
  /// What a reader calls one and several of them.
  let nouns: (one: String, several: String)
  let setting: String
  /// Their names, and where each is written.
  var uses: [(name: String, field: String, place: Origin)] = []

  static func folders(of workload: Workload) -> HostAccess {
    var folders = HostAccess(nouns: ("folder", "folders"), setting: "hostPath")
    for volume in workload.pod["volumes"]?.sequence ?? [] {
      guard let path = volume["hostPath"]?["path"], let text = path.scalar?.text else { continue }
      let name = volume["name"]?.scalar?.text ?? ""
      folders.uses.append(("'\(text)'", "pod.volumes[\(name)].hostPath", path.origin))
    }
    return folders
  }

  static func ports(of workload: Workload) -> HostAccess {
    var ports = HostAccess(nouns: ("port", "ports"), setting: "hostPort")
    for container in workload.containers {
      for port in container.node["ports"]?.sequence ?? [] {
        guard let node = port["hostPort"], let number = node.number, number != 0 else { continue }
        ports.uses.append(("\(number)", "\(container.field).ports[\(number)].hostPort", node.origin))
      }
    }
    return ports
  }
}

extension Reporter {
  fileprivate mutating func add(_ access: HostAccess, by object: AppliedObject) {
    guard let first = access.uses.first else { return }
    let noun = access.uses.count == 1 ? access.nouns.one : access.nouns.several
    // A folder is named again where it is mounted twice; a reader needs it once.
    var names: [String] = []
    for use in access.uses where !names.contains(use.name) { names.append(use.name) }
    add(
      .uses(object.id, "the node's \(noun) \(Listing.of(names)) (`\(access.setting)`)"), at: first.place,
      about: object, field: access.uses.map(\.field).joined(separator: " "),
      related: access.uses.dropFirst().map { RelatedLocation("\($0.name) too", at: $0.place.location) })
  }
}

extension Message {
  fileprivate static func uses(_ id: ObjectID, _ what: String) -> Self {
    Message("\(id) uses \(what)")
  }
}
