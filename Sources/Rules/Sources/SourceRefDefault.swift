import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceRefDefault = Rule(
    id: "source-ref-default", chapter: .sources, severity: .warning,
    title: "a source says nothing about what it follows",
    why: """
      Without `spec.ref` a GitRepository follows the branch `master`, which many repositories do not have any more, and an \
      OCIRepository the tag `latest`. Neither is visible to who reads the file.
      """,
    remedy: "Write what is meant: `spec.ref.branch`, `tag`, `semver`, `commit` or `digest`.", precision: .veryHigh,
    check: .flux { subject, context, report in
      let standard: String
      switch subject.value {
      case .gitRepository(let source):
        guard case .standard(let name) = source.checkout else { return }
        standard = "branch '\(name)'"
      case .ociRepository(let source):
        guard case .standard(let name) = source.checkout else { return }
        standard = "tag '\(name)'"
      default: return
      }
      let manifest = subject.object.manifest
      report.add(
        .silent(subject.id, standard), at: manifest.keyOrigin("spec", "ref") ?? manifest.origin, about: subject.object,
        field: "spec.ref")
    })
}

extension Message {
  fileprivate static func silent(_ id: ObjectID, _ standard: String) -> Self {
    Message("\(id) has no `spec.ref`, so it silently follows \(standard)")
  }
}
