import Diagnostics
import Flux
import YAML

/// `spec.commonMetadata` of a Flux object, and the like: labels and annotations that go over those of every object, after substitution.
struct CommonMetadataOverlay {
  private let sections: [(name: String, entries: [StringEntry])]

  /// The field that asks for them; nil where none does, and the values come with what makes the object.
  private let field: String?

  init(_ metadata: CommonMetadata?) {
    self.init(labels: metadata?.labels ?? [], annotations: metadata?.annotations ?? [], of: "spec.commonMetadata")
  }

  init(labels: [StringEntry], annotations: [StringEntry], of field: String?) {
    sections = [("labels", labels), ("annotations", annotations)]
    self.field = field
  }

  /// `object` with the labels and annotations.
  func applied(to object: Node) -> Node {
    var changed = object
    for (name, entries) in sections where !entries.isEmpty {
      _ = changed.withMapping { root in
        root.withValue(of: "metadata") { metadata in
          metadata.withMapping { set(entries, under: name, of: &$0) }
        }
      }
    }
    return changed
  }

  private func set(_ entries: [StringEntry], under name: String, of metadata: inout Mapping) {
    if metadata[name]?.mapping == nil {
      metadata.set(name, Node(.mapping(Mapping()), origin: step(entries[0].value.origin, name)))
    }
    _ = metadata.withValue(of: name) { section in
      section.withMapping { mapping in
        for entry in entries {
          mapping.set(
            entry.key.value, Node(string: entry.value.value, origin: step(entry.value.origin, name)),
            keyOrigin: entry.key.origin)
        }
      }
    }
  }

  private func step(_ origin: Origin, _ name: String) -> Origin {
    field.map { origin.adding(.reconciled(field: "\($0).\(name)"), at: origin.location) } ?? origin
  }
}
