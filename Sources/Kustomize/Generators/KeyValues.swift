import Diagnostics
import Files

/// One key of a generated object with its content.
struct KeyValue: Sendable {
  var key: String
  var value: [UInt8]
  /// The literal, the line of an env file, or the file.
  var origin: Origin
}

/// Collects the keys of a generator from its env files, literals and files, in this order.
struct KeyValueReader {
  let loader: RootedLoader
  /// Every file that was read.
  private(set) var filesRead: [RepoPath] = []

  init(loader: RootedLoader) {
    self.loader = loader
  }

  /// All keys that `arguments` asks for; an error where one comes twice.
  mutating func read(_ arguments: GeneratorArguments, kind: String) throws(KustomizeError) -> [KeyValue] {
    var found: [KeyValue] = []
    for env in arguments.envs { found += try readEnv(env) }
    for literal in arguments.literals { found.append(try Self.parse(literal: literal)) }
    for file in arguments.files { found.append(try readFile(file)) }
    var seen: [String: Origin] = [:]
    for pair in found {
      if let first = seen.updateValue(pair.origin, forKey: pair.key) {
        throw KustomizeError(
          .generator, "\(kind) '\(arguments.name)' gets the key '\(pair.key)' twice", at: pair.origin.location,
          trace: [RelatedLocation("first given here", at: first.location)])
      }
    }
    return found
  }

  /// `key=value`; quotes around the whole value are dropped.
  static func parse(literal: Placed<String>) throws(KustomizeError) -> KeyValue {
    let bytes = Array(literal.value.utf8)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      throw KustomizeError(
        .generator, "literal '\(literal.value)' is not of the form key=value", at: literal.origin.location)
    }
    var value = bytes[(equals + 1)...]
    if value.count >= 2, let quote = value.first, quote == value.last,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    {
      value = value.dropFirst().dropLast()
    }
    return KeyValue(
      key: String(decoding: bytes[..<equals], as: UTF8.self), value: Array(value), origin: literal.origin)
  }

  /// `path`, whose last component is the key, or `key=path`.
  private mutating func readFile(_ source: Placed<String>) throws(KustomizeError) -> KeyValue {
    let parts = source.value.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.count == 1 || parts.allSatisfy({ !$0.isEmpty }) else {
      throw KustomizeError(
        .generator, "file source '\(source.value)' is neither of the form path nor of the form key=path",
        at: source.origin.location)
    }
    let (path, file) = try loader.file(Placed(parts[parts.count - 1], at: source.origin))
    filesRead.append(path)
    let origin = Origin(wholeOf: file).adding(.included, at: source.origin.location)
    return KeyValue(key: parts.count == 2 ? parts[0] : path.name, value: file.bytes, origin: origin)
  }

  /// The lines of a file: `KEY=value`, `KEY`, comments and empty lines.
  private mutating func readEnv(_ source: Placed<String>) throws(KustomizeError) -> [KeyValue] {
    let (path, file) = try loader.file(source)
    filesRead.append(path)
    var found: [KeyValue] = []
    for (number, line) in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    {
      // kustomize's line reader stops without an error at a line that its buffer does not hold.
      guard line.count < Self.lineLimit else { break }
      let origin = Origin(file: file, span: SourceSpan(line: number + 1, columns: line.count))
        .adding(.included, at: source.origin.location)
      if let pair = try Self.parse(envLine: line, isFirst: number == 0, origin: origin) { found.append(pair) }
    }
    return found
  }

  private static let lineLimit = 64 << 10

  private static func parse(
    envLine line: ArraySlice<UInt8>, isFirst: Bool, origin: Origin
  ) throws(KustomizeError) -> KeyValue? {
    var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    guard String(validating: line, as: UTF8.self) != nil else {
      throw KustomizeError(.generator, "this line is not valid UTF-8", at: origin.location)
    }
    if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    line = line.trimmingLeadingSpace()
    guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
    let key = line.prefix { $0 != UInt8(ascii: "=") }
    guard !key.isEmpty else { return nil }
    return KeyValue(
      key: String(decoding: key, as: UTF8.self), value: Array(line.dropFirst(key.count + 1)), origin: origin)
  }
}

extension ArraySlice<UInt8> {
  /// Without the white space in front, as Go's `unicode.IsSpace` knows it.
  fileprivate func trimmingLeadingSpace() -> ArraySlice<UInt8> {
    let text = Substring(decoding: self, as: UTF8.self)
    let rest = text.unicodeScalars.drop { $0.properties.isWhitespace }
    return suffix(rest.reduce(0) { $0 + UTF8.width($1) })
  }
}

extension Origin {
  /// The origin of a value that is the whole content of `file`.
  init(wholeOf file: SourceFile) {
    self.init(file: file, span: .fileStart)
  }
}

extension SourceSpan {
  /// The first `columns` bytes of a line.
  fileprivate init(line: Int, columns: Int) {
    let number = UInt32(clamping: line)
    self.init(
      start: SourcePosition(line: number, column: 1),
      end: SourcePosition(line: number, column: UInt32(clamping: columns + 1)))
  }
}
