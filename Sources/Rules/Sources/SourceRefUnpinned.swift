import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let sourceRefUnpinned = Rule(
    id: "source-ref-unpinned", chapter: .sources, severity: .error,
    title: "a source follows something that moves",
    why: """
      What a branch, a tag like `latest` or a range of versions leads to can change at any moment, in a repository that \
      is not this one: the cluster changes without a commit here, and nothing here can roll it back.
      """,
    remedy: "Pin the source to a commit, a tag, an exact version or a digest, and let a bot propose updates.",
    parameters: [allowed.signature, mutableTags.signature], tags: ["reliability", "supply-chain"],
    check: .flux { subject, context, report in
      // This repository follows its own branch: that is what GitOps means.
      guard !context.facts.ownSources.contains(subject.id) else { return }
      let checkout: Checkout
      switch subject.value {
      case .gitRepository(let source): checkout = source.checkout
      case .ociRepository(let source):
        // The rule about charts says the same of a source that releases take their chart from.
        if let charts = context.asking(.chartVersionUnpinned, in: subject.id.namespace),
          Rule.leavesChartOpen(source, subject.id, charts)
        {
          return
        }
        checkout = source.checkout
      default: return
      }
      let form = ReferenceForm(checkout, mutableTags: context[mutableTags])
      guard let form, !context[allowed].values.contains(form) else { return }
      let place = checkout.field?.origin ?? subject.value.sourceURL?.origin ?? subject.object.manifest.origin
      report.add(
        .unpinned(subject.id, checkout, form, allowed: context[allowed].values), at: place, about: subject.object,
        field: "spec.ref")
    })

  private static let allowed = Parameter(
    "allowed", default: Choices<ReferenceForm>([.commit, .tag, .exactVersion, .digest]),
    "The forms that are allowed, of: \(ReferenceForm.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")).")
  private static let mutableTags = Parameter(
    "mutableTags", default: ["latest", "main", "master", "edge", "nightly", "stable", "dev", "develop"],
    "Tags that are known to move.")
}

/// What a source follows, as the parameter `allowed` names it.
private enum ReferenceForm: String, CaseIterable {
  case commit
  case tag
  case exactVersion = "exact-version"
  case digest
  case mutableTag = "mutable-tag"
  case patchRange = "patch-range"
  case minorRange = "minor-range"
  case range
  case branch
  case reference

  /// Nil for what is no version at all: that is another rule's.
  init?(_ checkout: Checkout, mutableTags: [String]) {
    switch checkout {
    case .commit: self = .commit
    case .digest: self = .digest
    case .tag(let tag): self = mutableTags.contains(tag.value) ? .mutableTag : .tag
    case .branch: self = .branch
    case .standard(let name): self = name == "latest" ? .mutableTag : .branch
    case .name(let name):
      let parts = name.value.split(separator: "/", maxSplits: 2)
      guard parts.count == 3, parts[0] == "refs" else {
        self = .reference
        return
      }
      switch parts[1] {
      case "tags": self = mutableTags.contains(String(parts[2])) ? .mutableTag : .tag
      case "heads": self = .branch
      default: self = .reference
      }
    case .semver(let range):
      switch VersionConstraint.kind(of: range.value) {
      case .exact: self = .exactVersion
      case .patchRange: self = .patchRange
      case .minorRange: self = .minorRange
      case .majorRange, .open, .wildcard: self = .range
      case nil: return nil
      }
    }
  }
}

extension Checkout {
  /// What is written; nil when nothing is.
  fileprivate var field: Field<String>? {
    switch self {
    case .commit(let field), .name(let field), .digest(let field), .semver(let field), .tag(let field),
      .branch(let field):
      field
    case .standard: nil
    }
  }

  fileprivate var words: String {
    switch self {
    case .commit(let field): "commit \(field.value)"
    case .name(let field): "the reference \(field.value)"
    case .digest(let field): "digest \(field.value)"
    case .semver(let field): "the version range '\(field.value)'"
    case .tag(let field): "tag '\(field.value)'"
    case .branch(let field): "branch '\(field.value)'"
    case .standard("latest"): "tag 'latest', because it has no `ref`"
    case .standard(let name): "branch '\(name)', because it has no `ref`"
    }
  }
}

extension Message {
  fileprivate static func unpinned(
    _ id: ObjectID, _ checkout: Checkout, _ form: ReferenceForm, allowed: [ReferenceForm]
  ) -> Self {
    let fact = form == .mutableTag ? ", which moves" : ""
    return Message(
      "\(id) follows \(checkout.words)\(fact): what it brings can change without a commit here",
      help: "Pin `spec.ref` to what runs today. Allowed are: \(allowed.map(\.rawValue).joined(separator: ", ")).")
  }
}
