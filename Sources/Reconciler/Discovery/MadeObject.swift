import Diagnostics
import YAML

/// Puts together objects that a controller makes and no file holds, all with the origin of what it makes them of.
struct MadeObject {
  let origin: Origin

  func text(_ text: String) -> Node {
    Node(string: text, origin: origin)
  }

  func texts(_ entries: [(String, String)]) -> Node {
    var mapping = Mapping()
    for (key, value) in entries { mapping.set(key, text(value)) }
    return Node(.mapping(mapping), origin: origin)
  }

  func mapping(_ entries: [(String, Node)]) -> Node {
    Node(
      .mapping(Mapping(entries.map { Mapping.Entry(key: Scalar($0.0), keyOrigin: $0.1.origin, value: $0.1) })),
      origin: origin)
  }

  func list(_ items: [Node]) -> Node {
    Node(.sequence(items), origin: origin)
  }

  func object(
    _ apiVersion: String, _ kind: String, metadata: [(String, Node)], spec: [(String, Node)]
  ) -> Node {
    mapping([
      ("apiVersion", text(apiVersion)), ("kind", text(kind)), ("metadata", mapping(metadata)), ("spec", mapping(spec)),
    ])
  }
}
