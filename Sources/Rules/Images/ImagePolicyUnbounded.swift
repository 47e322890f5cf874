import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let imagePolicyUnbounded = Rule(
    id: "image-policy-unbounded", chapter: .images, severity: .warning,
    title: "an image policy takes any newer tag",
    why: """
      An open range takes the next major version as soon as it is pushed; alphabetical or numerical order without a \
      filter takes whatever tag sorts last, be it a build of a branch.
      """,
    remedy: "Bound the range, such as `~2.14.0`, or filter the tags by a pattern.",
    check: .flux { subject, context, report in
      guard case .imagePolicy(let policy) = subject.value, let choice = policy.policy?.value else { return }
      if let range = choice.semver?.value.range {
        guard let kind = VersionConstraint.kind(of: range.value), kind >= .open else { return }
        report.add(
          .open(subject.id, range.value), at: range.origin, about: subject.object, field: "spec.policy.semver.range")
      } else if policy.filtersNothing, let order = choice.alphabetical ?? choice.numerical {
        let key = choice.alphabetical == nil ? "numerical" : "alphabetical"
        report.add(
          .unfiltered(subject.id), at: subject.object.manifest.keyOrigin("spec", "policy", key) ?? order.origin,
          about: subject.object, field: "spec.filterTags")
      }
    })
}

extension ImagePolicy {
  /// Whether it takes every tag: no filter, or one whose pattern fits everything.
  fileprivate var filtersNothing: Bool {
    ["", ".*", "^.*", ".*$", "^.*$", ".+", "^.+$"].contains(filterTags?.value.pattern?.value ?? "")
  }
}

extension Message {
  fileprivate static func open(_ id: ObjectID, _ range: String) -> Self {
    Message("\(id) takes any version in '\(range)', the next major one too")
  }

  fileprivate static func unfiltered(_ id: ObjectID) -> Self {
    Message("\(id) takes whatever tag sorts last, without a filter")
  }
}
