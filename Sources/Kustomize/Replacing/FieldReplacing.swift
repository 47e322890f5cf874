import Diagnostics
import YAML

extension Node {
  /// Writes `value` to the fields of this object that `path` leads to.
  mutating func replace(
    _ path: Placed<String>, by value: Node, _ options: Replacement.Options?, _ budget: inout GrowthBudget
  ) throws(KustomizeError) {
    let create = options?.create == true ? CreatedKind(of: value) : nil
    let parts = FieldPath.splitBracketed(path.value)
    try budget.charge(value, below: parts.count, at: path.origin.location)
    let marked = value.adding(.replaced, at: path.origin.location)
    if let changed = try? replacingInText(parts, by: marked, create) {
      self = changed
      return
    }
    let visitor = PathVisitor(create: create, origin: marked.origin)
    let failure =
      create == nil
      ? "unable to find field \"\(path.value)\" in replacement target"
      : "unable to find or create field \"\(path.value)\" in replacement target"
    var settingFailed = false
    let count: Int
    do throws(KustomizeError) {
      count = try visitor.visit(&self, parts[...]) { (node: inout Node, isNew: Bool) throws(KustomizeError) in
        settingFailed = true
        try node.set(to: marked, options, isNew: isNew)
        try budget.charge(node, below: parts.count, at: path.origin.location)
        settingFailed = false
      }
    } catch {
      if error.code == .limit { throw error }
      throw KustomizeError(
        .replacement, settingFailed ? error.text : "\(failure): \(error.text)", at: path.origin.location,
        trace: error.place.map { [RelatedLocation("in this value", at: $0)] } ?? [])
    }
    guard count > 0 else { throw KustomizeError(.replacement, failure, at: path.origin.location) }
  }

  /// Becomes `value`, or has a part of its text replaced by that of `value`. A scalar keeps its type.
  private mutating func set(to value: Node, _ options: Replacement.Options?, isNew: Bool) throws(KustomizeError) {
    var value = value
    if let options, !options.delimiter.isEmpty {
      guard let scalar else {
        throw KustomizeError(.replacement, "delimiter option can only be used with scalar nodes", at: origin.location)
      }
      let text = value.isNull ? "" : value.comparableText
      var parts = scalar.text.parts(separatedBy: options.delimiter)
      if options.index < 0 {
        parts.insert(text, at: 0)
      } else if options.index >= parts.count {
        parts.append(text)
      } else {
        parts[options.index] = text
      }
      value = Node(scalar: Scalar(parts.joined(separator: options.delimiter)), origin: value.origin)
    }
    setValue(value, isNew: isNew)
    guard case .mismatch(let tag)? = scalar?.resolved else { return }
    throw KustomizeError(
      .replacement, "the field holds \(tag.meaning), which '\(comparableText)' is not", at: origin.location)
  }

  /// Becomes `value`; a scalar takes over its text and keeps its type, which it has not got yet when it has just been made.
  mutating func setValue(_ value: Node, isNew: Bool) {
    guard let scalar else {
      self = value
      return
    }
    let tag = isNew ? .none : scalar.pinnedTag
    self = Node(scalar: Scalar(value.comparableText, style: scalar.style, tag: tag), origin: value.origin)
  }
}

extension Scalar.Tag {
  /// What a value with the tag is, in words.
  fileprivate var meaning: String {
    switch self {
    case .int: "a whole number"
    case .float: "a number"
    case .bool: "true or false"
    case .timestamp: "a time"
    case .binary: "binary data"
    case .null: "nothing"
    case .none, .string, .merge, .custom: "a text"
    }
  }
}
