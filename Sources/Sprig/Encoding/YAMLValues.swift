import Diagnostics
import GoTemplate
import YAML

/// Values from and to YAML as sigs.k8s.io/yaml has it: by way of JSON, so numbers are floats and keys are strings.
public enum YAMLValues {
  /// Why a text is read as no value, in the words of the Go libraries.
  public struct Malformed: Error {
    /// What is wrong.
    public var message: String
    /// The line of the text, from 1, where it is no YAML.
    public var line: Int?

    /// A complaint in the libraries' words.
    public init(message: String, line: Int? = nil) {
      self.message = message
      self.line = line
    }
  }

  // MARK: Reading

  /// The value of the first document of a text; null of an empty one.
  public static func read(_ text: GoString, keepsIntegers: Bool = false) throws(Malformed) -> Value {
    let document: Document?
    do throws(YAMLError) {
      document = try YAMLReader.readFirst(SourceFile(path: "<yaml>", bytes: text.bytes))
    } catch {
      throw Malformed(message: complaint(error), line: Int(error.place.span.start.line))
    }
    return try document.map { (document) throws(Malformed) in
      try value(document.root, keepsIntegers: keepsIntegers)
    } ?? .null
  }

  /// What a field of text holds: sigs.k8s.io/yaml writes numbers and booleans out for it. Nil for anything else.
  public static func text(_ value: Value) -> String? {
    switch value {
    case .string(let text): text.text
    case .bool(let truth): String(truth)
    case .int(let integer, _): String(integer)
    case .double(let number): GoFloat.general(number)
    default: nil
    }
  }

  /// A reader's error in the words of sigs.k8s.io/yaml.
  public static func complaint(_ error: YAMLError) -> String {
    "error converting YAML to JSON: " + YAMLComplaint.text(error)
  }

  /// The value of a tree. Numbers are floats, as JSON has them, unless whole ones shall stay apart.
  public static func value(_ node: Node, keepsIntegers: Bool = false) throws(Malformed) -> Value {
    switch node.value {
    case .scalar(let scalar): return try value(scalar, keepsIntegers)
    case .sequence(let nodes):
      var elements: [Value] = []
      elements.reserveCapacity(nodes.count)
      for element in nodes { elements.append(try value(element, keepsIntegers: keepsIntegers)) }
      return .anyList(elements)
    case .mapping(let mapping):
      var entries: [GoString: Value] = [:]
      entries.reserveCapacity(mapping.count)
      for entry in mapping.entries { entries[try key(entry)] = try value(entry.value, keepsIntegers: keepsIntegers) }
      return .anyDict(entries)
    }
  }

  private static func value(_ scalar: Scalar, _ keepsIntegers: Bool) throws(Malformed) -> Value {
    switch scalar.resolved(by: .goYAML2) {
    case .null: return .null
    case .bool(let truth): return .bool(truth)
    case .int(let integer): return keepsIntegers ? .int64(integer) : .double(Double(integer))
    case .uint(let integer): return .double(Double(integer))
    case .float(let number):
      guard number.isFinite else {
        let shown = GoString(FloatText.format(number, "g"))
        throw Malformed(message: "error converting YAML to JSON: json: unsupported value: \(shown)")
      }
      return .double(number)
    case .timestamp(let text), .string(let text): return .text(text)
    case .mismatch(let tag):
      throw Malformed(
        message: "error converting YAML to JSON: yaml: cannot decode !!str `\(scalar.text)` as a !!\(tag)")
    }
  }

  private static func key(_ entry: Mapping.Entry) throws(Malformed) -> GoString {
    switch entry.key.resolved(by: .goYAML2) {
    case .bool(let truth): return truth ? "true" : "false"
    case .int(let integer): return GoString(String(integer))
    case .uint(let integer): return GoString(String(integer))
    case .float(let number): return GoString(GoFloat.general(number))
    case .string(let text), .timestamp(let text): return GoString(text)
    case .null, .mismatch:
      let shown = (try? JSONWriter.write(try value(entry.value)))?.text ?? ""
      let held = shown == "null" ? "<nil>" : shown
      throw Malformed(
        message: "error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: \(held)")
    }
  }

  // MARK: Writing

  /// The YAML of a value, without a line feed at the end.
  public static func write(_ value: Value, style: YAMLEmitter.Style = .toYAML) throws(Malformed) -> GoString {
    do throws(YAMLError) {
      var bytes = try YAMLEmitter.emit(try node(value, depth: 0), style: style)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return GoString(bytes)
    } catch {
      throw Malformed(message: error.message)
    }
  }

  /// The tree of a value, which comes from no file.
  public static func tree(_ value: Value) throws(Malformed) -> Node {
    do throws(YAMLError) {
      return try node(value, depth: 0)
    } catch {
      throw Malformed(message: error.message)
    }
  }

  private static let origin = Origin.synthetic("<template>")

  private static func node(_ value: Value, depth: Int) throws(YAMLError) -> Node {
    guard depth < JSONWriter.deepest else {
      throw YAMLError(.tooDeep(limit: JSONWriter.deepest), at: origin.location)
    }
    switch value {
    case .missing, .null: return Node(scalar: .null, origin: origin)
    case .bool(let truth): return Node(scalar: .bool(truth), origin: origin)
    case .int(let integer, _): return Node(scalar: .int(integer), origin: origin)
    case .uint(let integer, _): return Node(scalar: .int(integer), origin: origin)
    case .double(let number):
      guard number.isFinite else { throw YAMLError(.notInJSON(number.description), at: origin.location) }
      return Node(scalar: .float(number), origin: origin)
    case .complex: throw YAMLError(.notInJSON("complex"), at: origin.location)
    case .string(let text): return Node(string: text.replacingInvalid, origin: origin)
    case .bytes(let bytes): return Node(string: Base64.encode(bytes).text, origin: origin)
    case .object(let object): return try node(object.marshaled, depth: depth + 1)
    case .list(let list):
      if list.isNil { return Node(scalar: .null, origin: origin) }
      var nodes: [Node] = []
      for element in list.elements { nodes.append(try node(element, depth: depth + 1)) }
      return Node(.sequence(nodes), origin: origin)
    case .dict(let dict):
      if dict.isNil { return Node(scalar: .null, origin: origin) }
      var entries: [Mapping.Entry] = []
      for key in dict.sortedKeys {
        let element = try node(dict[key] ?? .null, depth: depth + 1)
        entries.append(Mapping.Entry(key: .string(key.replacingInvalid), keyOrigin: origin, value: element))
      }
      return Node(.mapping(Mapping(entries)), origin: origin)
    }
  }
}

/// The reader's errors in the words of go-yaml, which templates can show.
enum YAMLComplaint {
  static func text(_ error: YAMLError) -> String {
    switch error.code {
    case .syntax(let words):
      let words = withoutContext(words)
      guard let line = line(error, words) else { return "yaml: \(words)" }
      return "yaml: line \(line): \(words)"
    case .encoding(let words): return "yaml: \(words)"
    case .complexKey:
      let key = error.location.flatMap(ComplexKey.text)
      return "yaml: " + (key.map { "invalid map key: \($0)" } ?? error.message)
    case .unknownAnchor(let name): return "yaml: unknown anchor '\(name)' referenced"
    case .recursiveAnchor(let name): return "yaml: anchor '\(name)' value contains itself"
    case .badMerge: return "yaml: map merge requires map or sequence of maps as the value"
    case .tooManyAliases: return "yaml: document contains excessive aliasing"
    default: return "yaml: \(error.message)"
    }
  }

  /// libyaml says what it was doing; go-yaml does not.
  private static func withoutContext(_ words: String) -> String {
    for mark in [" while parsing", " while scanning", " (go-yaml"] {
      if let range = words.firstRange(of: mark) { return String(words[..<range.lowerBound]) }
    }
    return words
  }

  /// go-yaml counts the lines of its parser from 0, those of its scanner from 1, and leaves out the first of both.
  private static func line(_ error: YAMLError, _ words: String) -> Int? {
    let isFromParser = words.hasPrefix("did not find expected") && !isAboutCharacters(words)
    let isAboutEnd = isFromParser || words == "could not find expected ':'"
    let line = Int(error.noticed.span.start.line) - (isAboutEnd && isAtOpenEnd(error.noticed) ? 0 : 1)
    if line > 0 { return isFromParser ? line : line + 1 }
    let begun = error.trace.first.map { Int($0.location.span.start.line) - 1 } ?? 0
    return begun > 0 ? begun : nil
  }

  /// Whether a place is the end of a text without a last line break: there go-yaml stands in the line below.
  private static func isAtOpenEnd(_ place: Location) -> Bool {
    guard let lastLine = place.file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).last,
      !lastLine.isEmpty
    else { return false }
    let lineCount = place.file.bytes.count { $0 == 0x0A } + 1
    let column = GoString(lastLine).scalarCount + 1
    return place.span.start.line == lineCount && place.span.start.column >= column
  }

  private static func isAboutCharacters(_ words: String) -> Bool {
    ["character", "digit", "line break", "'!'", "'%'"].contains { words.hasSuffix($0) }
  }
}
