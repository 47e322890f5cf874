import Diagnostics
import YAML

extension ConfigShape {
  /// Everything in which `node` does not look like this shape. `key` says what to call it, such as `environments[0]`.
  ///
  /// Shapes are not recursive: however deep the file nests, the check goes no deeper than the description.
  public func problems(in node: Node, key: String) -> [PolicyError] {
    if node.isEmptyPlain, mayBeNull { return [] }
    switch self {
    case .anything: return []
    case .text(let format):
      if format.isOff(node) { return [] }
      guard let scalar = node.scalar, node.isText || format.takesNumbers && !node.isEmptyPlain else {
        return [wrongType(node, key)]
      }
      return format.problem(with: scalar.text, key: key, at: node.origin.location).map { [$0] } ?? []
    case .boolean:
      return node.flag == nil ? [wrongType(node, key)] : []
    case .integer(let minimum):
      guard let number = node.wholeNumber else { return [wrongType(node, key)] }
      if number < minimum { return [PolicyError(.tooSmall(key: key, minimum: minimum), at: node.origin.location)] }
      let limit = Self.largestInteger
      return number > limit ? [PolicyError(.tooLarge(key: key, maximum: limit), at: node.origin.location)] : []
    case .list(let item):
      guard let items = node.sequence else { return [wrongType(node, key)] }
      return items.enumerated().flatMap { position, node in
        let key = "\(key)[\(position)]"
        return node.isEmptyPlain ? [item.wrongType(node, key)] : item.problems(in: node, key: key)
      }
    case .record(let fields):
      guard let mapping = node.mapping else { return [wrongType(node, key)] }
      return Self.problems(in: mapping, of: node, fields, key: key)
    case .table(let item):
      guard let mapping = node.mapping else { return [wrongType(node, key)] }
      return mapping.entries.flatMap { item.problems(in: $0.value, key: Self.join(key, $0.key.text)) }
    case .keywordOrRecord(let words, let fields):
      if let mapping = node.mapping { return Self.problems(in: mapping, of: node, fields, key: key) }
      return Self.text(.oneOf(words)).problems(in: node, key: key)
    }
  }

  private static func problems(in mapping: Mapping, of node: Node, _ fields: [ConfigField], key: String)
    -> [PolicyError]
  {
    let place = key.isEmpty ? "the configuration" : key
    var found: [PolicyError] = []
    for entry in mapping.entries {
      if let field = fields.first(where: { $0.name == entry.key.text }) {
        found += field.shape.problems(in: entry.value, key: join(key, field.name))
      } else {
        let suggestion = Suggestion.nearest(to: entry.key.text, among: fields.map(\.name))
        found.append(
          PolicyError(
            .unknownKey(entry.key.text, in: place, suggestion: suggestion), at: entry.keyOrigin.location))
      }
    }
    for field in fields where field.isRequired && mapping[field.name] == nil {
      found.append(PolicyError(.missingKey(field.name, in: place), at: node.origin.location))
    }
    let alternatives = fields.filter(\.isAlternative).map(\.name)
    if !alternatives.isEmpty, alternatives.filter({ mapping[$0] != nil }).count != 1 {
      found.append(PolicyError(.needsOneOf(alternatives, in: place), at: node.origin.location))
    }
    return found
  }

  private static func join(_ key: String, _ name: String) -> String {
    key.isEmpty ? name : "\(key).\(name)"
  }

  private func wrongType(_ node: Node, _ key: String) -> PolicyError {
    PolicyError(.wrongType(key: key.isEmpty ? "the configuration" : key, wanted: words), at: node.origin.location)
  }
}

extension ConfigShape.TextFormat {
  /// What is wrong with the form of `text`; nil when nothing is.
  func problem(with text: String, key: String, at location: Location) -> PolicyError? {
    switch self {
    case .any: return text.allSatisfy(\.isWhitespace) ? PolicyError(.blank(key: key), at: location) : nil
    case .oneOf(let allowed):
      if allowed.contains(text) { return nil }
      let suggestion = Suggestion.nearest(to: text, among: allowed)
      return PolicyError(.unknownValue(text, key: key, allowed: allowed, suggestion: suggestion), at: location)
    case .date: return CalendarDate(text) == nil ? bad(text, key, "a day such as 2027-01-31", location) : nil
    case .duration: return Self.isDuration(text) ? nil : bad(text, key, "a duration such as 30s, 10m or 1h", location)
    case .path:
      return Self.isInside(text) ? nil : bad(text, key, "a path inside the repository, without '..'", location)
    case .version(let major):
      let example = major == 1 ? "1.36" : "2.9"
      return Self.isVersion(text, major) ? nil : bad(text, key, "a minor version such as \(example)", location)
    }
  }

  private func bad(_ text: String, _ key: String, _ wanted: String, _ location: Location) -> PolicyError {
    PolicyError(.badFormat(text, key: key, wanted: wanted), at: location)
  }

  /// As the pattern of Flux's CRDs has it: `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`.
  static func isDuration(_ text: String) -> Bool {
    var rest = text.utf8[...]
    guard !rest.isEmpty else { return false }
    func digits() -> Bool {
      let tail = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      defer { rest = tail }
      return tail.count < rest.count
    }
    while !rest.isEmpty {
      guard digits() else { return false }
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        guard digits() else { return false }
      }
      if rest.starts(with: "ms".utf8) {
        rest = rest.dropFirst(2)
      } else if let unit = rest.first, "smh".utf8.contains(unit) {
        rest = rest.dropFirst()
      } else {
        return false
      }
    }
    return true
  }

  private static func isInside(_ text: String) -> Bool {
    !text.isEmpty && !text.utf8.starts(with: "/".utf8) && !text.split(separator: "/").contains("..")
  }

  private static func isVersion(_ text: String, _ major: Int) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == "\(major)" && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Whether numbers are as good as texts.
  fileprivate var takesNumbers: Bool {
    switch self {
    case .oneOf, .version: true
    case .any, .date, .duration, .path: false
    }
  }

  /// Whether `node` is the `off` of one who knows that YAML 1.1 takes it for false.
  fileprivate func isOff(_ node: Node) -> Bool {
    guard case .oneOf(let words) = self else { return false }
    return node.flag == false && words.contains(ConfigurationSchema.off)
  }
}

/// What a person means by a plain word in the configuration.
extension Node {
  /// Whether nothing is written here.
  var isEmptyPlain: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return scalar.text.isEmpty || scalar.text == "null" || scalar.text == "~"
  }

  /// Whether it is a text to every reader of YAML 1.2, quoted or not.
  var isText: Bool {
    guard let scalar else { return false }
    switch scalar.resolved {
    case .string, .timestamp: return true
    case .null, .bool, .int, .uint, .float, .mismatch: return false
    }
  }

  /// True or false; nil for anything else.
  var flag: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    switch scalar.text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// A decimal number; nil for anything else.
  var wholeNumber: Int? {
    guard let scalar, scalar.style == .plain else { return nil }
    return Int(scalar.text)
  }
}
