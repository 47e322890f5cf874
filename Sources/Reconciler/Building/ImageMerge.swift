import Diagnostics
import Flux
import YAML

/// How `spec.images` of a Flux Kustomization go into `images` of the kustomization file.
struct ImageMerge {
  let version: FluxVersion

  /// The entries of `list` with `overrides` put over those of the same name, and the rest behind them.
  func merged(_ list: Node?, with overrides: [Field<ImageOverride>]) -> [Node] {
    var images = list?.sequence ?? []
    for override in overrides {
      let node = override.value.node
      let name = override.value.name?.value ?? ""
      guard let index = images.firstIndex(where: { ($0["name"]?.scalar?.text ?? "") == name }) else {
        images.append(Node(.mapping(fields(of: node)), origin: node.origin))
        continue
      }
      images[index] = merged(images[index], with: node)
    }
    return images
  }

  /// Since Flux 2.9 the name and the version (tag and digest as one) replace what is there separately; before, an entry
  /// replaced the whole.
  private func merged(_ image: Node, with override: Node) -> Node {
    let given = fields(of: override)
    guard version >= .v29 else { return Node(.mapping(given), origin: override.origin) }
    var merged = image
    _ = merged.withMapping { mapping in
      if let newName = given["newName"] { mapping.set("newName", newName) }
      guard given["newTag"] != nil || given["digest"] != nil else { return }
      for key in ["newTag", "digest"] {
        if let value = given[key] { mapping.set(key, value) } else { mapping.remove(key) }
      }
    }
    return merged
  }

  /// What an override says; empty texts say nothing.
  private func fields(of node: Node) -> Mapping {
    var found = Mapping()
    for key in ["name", "newName", "newTag", "digest"] {
      guard let entry = node.mapping?.entry(key), entry.value.scalar?.text.isEmpty == false else { continue }
      found.append(entry)
    }
    return found
  }
}
