import YAML

/// The values that meet at one place of a merge. Nil is a value that is not there.
struct MergeSources {
  /// First what is merged into, then the patch, or the original and its update.
  var values: [Node?]
  /// Target and patch are one and the same: something that is new, which is walked with itself to carry out the directives in it.
  var isSame = false

  init(_ values: [Node?], isSame: Bool = false) {
    self.values = values
    self.isSame = isSame
  }

  var target: Node? { values[0] }
  var patch: Node? { values[1] }
  var update: Node? { values.count > 2 ? values[2] : nil }

  /// The first value that is there and not null: it decides how the place is walked.
  var leading: Node? {
    values.first { $0.isPresent } ?? nil
  }

  /// With another target.
  func withTarget(_ target: Node) -> MergeSources {
    var sources = self
    sources.values[0] = target
    if isSame { sources.values[1] = target }
    return sources
  }

  /// A new value in the place of both.
  static func same(_ node: Node) -> MergeSources {
    MergeSources([node, node], isSame: true)
  }

  /// What is under `key` in each.
  func field(_ key: String) -> MergeSources {
    MergeSources(values.map { $0?[key] }, isSame: isSame)
  }
}

extension Optional<Node> {
  /// There, and not null.
  var isPresent: Bool {
    map { !$0.isNull } ?? false
  }
}

extension Node {
  /// Whether it is null, by tag or by text.
  var isNull: Bool { scalar?.isNull ?? false }

  var isEmptyMapping: Bool { mapping?.isEmpty ?? false }

  /// What kyaml compares: the text of a scalar, nothing for anything else.
  var comparableText: String { scalar?.text ?? "" }
}
