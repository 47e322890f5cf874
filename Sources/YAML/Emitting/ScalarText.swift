import Diagnostics

/// A scalar on its way out: its text, and whether it is a string.
struct ScalarText {
  var text: String
  /// Strings are quoted where their text looks like something else.
  var isString: Bool
  /// Whether nothing in it needs quotes but what it looks like.
  var isTame = false

  /// The value as the Go program holds it when it starts printing.
  init(_ scalar: Scalar, at origin: @autoclosure () -> Origin, style: YAMLEmitter.Style) throws(YAMLError) {
    switch scalar.resolved(by: style.dialect) {
    case .string(let text) where TameText.check(text.utf8.span):
      self.text = text
      isString = true
      isTame = true
      return
    case .string(let text), .timestamp(let text):
      if style == .kustomize, scalar.style == .literal, Self.breaksBlock(text) {
        throw YAMLError(
          .syntax("found a tab character where an indentation space is expected"), at: origin().location)
      }
      let printed = style == .kustomize && scalar.style == .folded ? FoldedPassage.pass(text) : text
      self.text = style == .toYAMLPretty ? text : try Self.throughJSON(printed, at: origin())
      isString = true
      return
    case .null: text = "null"
    case .bool(let value): text = value ? "true" : "false"
    case .int(let value): text = String(value)
    case .uint(let value): text = String(value)
    case .float(let value):
      text = style == .toYAMLPretty ? GoFloat.yaml(value) : try Self.throughJSON(value, at: origin())
    case .mismatch(let tag):
      throw YAMLError(.tagMismatch(scalar.text, tag: tag), at: origin().location)
    }
    isString = false
  }

  /// A key. JSON, which comes in between, makes a string of it.
  init(key: Scalar, at origin: Origin, style: YAMLEmitter.Style, isRoot: Bool) throws(YAMLError) {
    if style == .toYAMLPretty {
      try self.init(key, at: origin, style: style)
    } else {
      let name = try key.jsonKey(by: style.dialect, at: origin, isRoot: isRoot)
      try self.init(.string(name), at: origin, style: style)
    }
  }

  /// Whether kustomize cannot read again what it prints in between: go-yaml v3 writes a block that begins with a tab without
  /// saying how far it is indented.
  private static func breaksBlock(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "\t") && TextAnalysis(text.utf8.span, tabsAreSpecial: false).allowsBlock
  }

  /// What go-yaml v2 reads when Go has printed the number as JSON: a whole one becomes an integer.
  private static func throughJSON(_ value: Double, at origin: Origin) throws(YAMLError) -> String {
    guard value.isFinite else { throw YAMLError(.notInJSON(GoFloat.general(value)), at: origin.location) }
    switch GoNumber.integer(GoFloat.json(value).utf8.span) {
    case .signed(let whole): return String(whole)
    case .unsigned(let whole): return String(whole)
    case nil: return GoFloat.general(value)
    }
  }

  /// What go-yaml v2 reads when Go has printed the text as a JSON string: control characters that JSON leaves as
  /// they are stop it, and the C1 control NEL is a line break to YAML 1.1, folded into a space.
  private static func throughJSON(_ text: String, at origin: @autoclosure () -> Origin) throws(YAMLError) -> String {
    switch JSONPassage.check(text.utf8.span) {
    case .same: return text
    case .folded: return JSONPassage.fold(text)
    case .refused: throw YAMLError(.encoding("control characters are not allowed"), at: origin().location)
    }
  }

  /// Whether it can stand in one line.
  var isSingleLine: Bool {
    if isTame { return true }
    let bytes = text.utf8.span
    for index in bytes.indices where UTF8Byte.isBreak(bytes, index) { return false }
    return true
  }
}

extension YAMLEmitter.Style {
  /// Whose rules say what a plain scalar means.
  var dialect: YAMLDialect { self == .kustomize ? .goYAML3 : .goYAML2 }
}

/// What happens to a string that Go writes as JSON and go-yaml v2 reads again.
enum JSONPassage {
  enum Outcome { case same, folded, refused }

  static func check(_ text: Span<UInt8>) -> Outcome {
    var outcome = Outcome.same
    for index in text.indices {
      switch text[index] {
      case 0x7F: return .refused
      case 0xC2 where text[index + 1] < 0xA0:
        guard text[index + 1] == 0x85 else { return .refused }
        outcome = .folded
      case 0xEF where text[index + 1] == 0xBF && text[index + 2] >= 0xBE: return .refused
      default: break
      }
    }
    return outcome
  }

  /// Folds lines as a double-quoted scalar does: space around breaks goes, one break is a space, more are one less.
  static func fold(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var breaks = 0
    for scalar in text.unicodeScalars {
      if scalar == "\u{85}" {
        if breaks == 0 {
          while kept.last == " " { kept.removeLast() }
        }
        breaks += 1
      } else if breaks == 0 || scalar != " " {
        kept.append(contentsOf: joint(breaks).unicodeScalars)
        kept.append(scalar)
        breaks = 0
      }
    }
    kept.append(contentsOf: joint(breaks).unicodeScalars)
    return String(kept)
  }

  private static func joint(_ breaks: Int) -> String {
    breaks == 1 ? " " : String(repeating: "\n", count: max(0, breaks - 1))
  }
}
