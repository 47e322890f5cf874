import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let overlayWeakensBase = Rule(
    id: "overlay-weakens-base", chapter: .workloads, severity: .warning,
    title: "an overlay loosens what its base had tightened",
    why: """
      Whoever reads the base takes it for what runs. The patch takes a protection away again, for one environment only, \
      and nothing in the base says so.
      """,
    remedy: "Take the setting out of the patch, or loosen the base where everybody sees it.",
    tags: ["security", "workloads"], securitySeverity: "4.5",
    check: .object { object, _, report in
      // A patch that takes out a whole security context is one cause, whatever stood in it.
      for group in Loosening.all(of: object).grouped {
        guard let first = group.first else { continue }
        report.add(
          .weakens(object.id, group), at: first.place, about: object.reference, field: first.field,
          related: group.map { RelatedLocation("\($0.setting) is tight here", at: $0.before) } + object.trace)
      }
    })
}

extension [Loosening] {
  /// Those that the same words of a patch do to the same pod or container together, each group where its first one is.
  fileprivate var grouped: [[Loosening]] {
    var groups: [[Loosening]] = []
    for loosening in self {
      if let index = groups.firstIndex(where: { $0.contains(where: loosening.isOneCause(with:)) }) {
        groups[index].append(loosening)
      } else {
        groups.append([loosening])
      }
    }
    return groups
  }
}

extension Loosening {
  fileprivate func isOneCause(with other: Loosening) -> Bool {
    place == other.place && isSet == other.isSet && container?.field == other.container?.field
  }
}

extension Message {
  fileprivate static func weakens(_ id: ObjectID, _ loosenings: [Loosening]) -> Self {
    let first = loosenings.first
    let subject = first?.container.map { "container '\($0.name)' of \(id)" } ?? "\(id)"
    let settings = loosenings.map { loosening in
      let name = loosening.setting == "capabilities" ? "capabilities.drop" : loosening.setting
      return "`\(name): \(loosening.words)`"
    }
    let change = first?.isSet ?? false ? "loosens" : "takes out"
    return Message("a patch \(change) \(Listing.of(settings)) of \(subject), which its base sets")
  }
}
