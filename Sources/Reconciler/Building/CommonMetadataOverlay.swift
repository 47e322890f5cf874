import Diagnostics
import Flux
import YAML

/// `spec.commonMetadata` of a Flux object: labels and annotations that go over those of every object, after substitution.
struct CommonMetadataOverlay {
  private let sections: [(name: String, entries: [StringEntry])]

  init(_ metadata: CommonMetadata?) {
    sections = [("labels", metadata?.labels ?? []), ("annotations", metadata?.annotations ?? [])]
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
    origin.adding(.reconciled(field: "spec.commonMetadata.\(name)"), at: origin.location)
  }
}
