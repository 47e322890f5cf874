import ClusterModel
import Diagnostics
import Kubernetes
import YAML

extension Rule {
  static let workloadRootFilesystemWritable = Rule(
    id: "workload-root-filesystem-writable", chapter: .workloads, severity: .warning,
    title: "a container may write to its root file system",
    why: """
      Somebody set `readOnlyRootFilesystem: false`, or took a `true` away. Whoever gets into the container can then put \
      tools beside the program, or change the program itself.
      """,
    remedy: "Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program writes.",
    tags: ["security", "workloads"], securitySeverity: "4.0",
    check: .object { object, _, report in
      guard let workload = Workload(object) else { return }
      let removed = Loosening.all(of: object).filter { $0.setting == "readOnlyRootFilesystem" && !$0.isSet }
      for container in workload.containers {
        let field = "\(container.field).securityContext.readOnlyRootFilesystem"
        if let node = container.node[path: "securityContext", "readOnlyRootFilesystem"], node.flag == false {
          report.add(.writable(object.id, container.name), at: node.origin, about: object, field: field)
        } else if let loosening = removed.first(where: { $0.container?.field == container.field }) {
          report.add(
            .writable(object.id, container.name), at: loosening.place, about: object.reference, field: field,
            related: [RelatedLocation("set to true here", at: loosening.before)] + object.trace)
        }
      }
    })
}

extension Message {
  fileprivate static func writable(_ id: ObjectID, _ container: String) -> Self {
    Message("container '\(container)' of \(id) may write to its root file system")
  }
}
