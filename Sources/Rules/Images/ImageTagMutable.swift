import ClusterModel
import Diagnostics
import Kubernetes
import YAML

extension Rule {
  static let imageTagMutable = Rule(
    id: "image-tag-mutable", chapter: .images, severity: .error,
    title: "production runs an image whose content can change",
    why: """
      Without a tag, or with one that moves, each node runs what the registry gave out when it pulled: two pods of one \
      Deployment can differ, nobody can say what runs, and going back is impossible.
      """,
    remedy: "Name a version, and better its digest too.",
    parameters: [mutableTags.signature, requireDigest.signature], tags: ["reliability", "supply-chain"],
    check: .object { object, context, report in
      guard let workload = Workload(object) else { return }
      for container in workload.containers {
        guard let node = container.node["image"], let image = node.scalar.flatMap({ ImageName($0.text) }),
          image.digest == nil,
          !object.unknownPaths.contains(where: { $0.hasSuffix(".image") })
        else { continue }
        let field = "\(container.field).image"
        if let tag = image.tag, !context[mutableTags].contains(tag) {
          guard context[requireDigest] else { continue }
          report.add(.withoutDigest(object.id, container, image), at: node.origin, about: object, field: field)
        } else {
          report.add(.mutable(object.id, container, image), at: node.origin, about: object, field: field)
        }
      }
    })

  private static let mutableTags = Parameter(
    "mutableTags", default: ["latest", "main", "master", "stable", "edge", "nightly", "dev"], "Tags that move.")
  private static let requireDigest = Parameter(
    "requireDigest", default: false, "Whether a tag is not enough: every tag can be moved, a digest cannot.")
}

/// The name of an image in its parts.
private struct ImageName {
  let text: String
  let tag: String?
  let digest: String?

  /// Nil where the text is not known to be an image: empty, or with something still to be replaced in it.
  init?(_ text: String) {
    guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "$")), !text.utf8.contains(UInt8(ascii: "{")) else {
      return nil
    }
    self.text = text
    let parts = text.split(separator: "@", maxSplits: 1)
    digest = parts.count > 1 ? String(parts[1]) : nil
    // A colon before the last slash is that of a port.
    let last = parts.first?.split(separator: "/").last ?? ""
    let pieces = last.split(separator: ":", maxSplits: 1)
    tag = pieces.count > 1 ? String(pieces[1]) : nil
  }
}

extension Message {
  fileprivate static func mutable(_ id: ObjectID, _ container: Workload.Container, _ image: ImageName) -> Self {
    let reason = image.tag.map { "whose tag '\($0)' moves" } ?? "without a tag, which means 'latest'"
    return Message("container '\(container.name)' of \(id) runs \(image.text), \(reason)")
  }

  fileprivate static func withoutDigest(_ id: ObjectID, _ container: Workload.Container, _ image: ImageName) -> Self {
    Message("container '\(container.name)' of \(id) runs \(image.text) without a digest")
  }
}
