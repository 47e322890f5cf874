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
      for volume in workload.pod["volumes"]?.sequence ?? [] {
        guard let host = volume["hostPath"], let path = host["path"], let text = path.scalar?.text else { continue }
        let name = volume["name"]?.scalar?.text ?? ""
        report.add(
          .uses(object.id, "the node's folder '\(text)' (`hostPath`)"), at: path.origin, about: object,
          field: "pod.volumes[\(name)].hostPath")
      }
      // In the node's network every port is one of the node.
      guard workload.pod["hostNetwork"]?.flag != true else { return }
      for container in workload.containers {
        for port in container.node["ports"]?.sequence ?? [] {
          guard let node = port["hostPort"], let number = node.number, number != 0 else { continue }
          report.add(
            .uses(object.id, "port \(number) of the node (`hostPort`)"), at: node.origin, about: object,
            field: "\(container.field).ports[\(number)].hostPort")
        }
      }
    })

  private static let shared = [
    ("hostNetwork", "network"), ("hostPID", "process namespace"), ("hostIPC", "shared memory"),
  ]
  private static let allowedNamespaces = Parameter(
    "allowedNamespaces", default: [String](), "Patterns of namespaces whose pods may reach into their nodes.")
}

extension Message {
  fileprivate static func uses(_ id: ObjectID, _ what: String) -> Self {
    Message("\(id) uses \(what)")
  }
}
