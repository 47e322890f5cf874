import Diagnostics
import YAML

/// What an entry of a Secret shows to somebody who reads it.
struct SecretContent {
  /// How much it gives away.
  enum Weight: Int {
    /// Nothing: it is encrypted, filled in later, a reference to a secret store, or meant for everybody.
    case nothing
    /// Settings that nobody would call a secret.
    case settings
    /// A text of which nobody can tell what it opens.
    case unclear
    /// What looks like a credential, by its key or its shape.
    case credential
  }

  /// A credential inside of a file that is an entry.
  struct Leaf {
    var path: String
    var origin: Origin
  }

  var weight: Weight
  var leaves: [Leaf] = []

  /// Files longer than this are judged as one text.
  private static let longestFile = 4 << 20
  /// Files nested deeper than this are judged so far.
  private static let depthLimit = 64

  /// Judges the text that stands under `key`.
  /// - Parameters:
  ///   - origin: where it stands.
  ///   - isOfValues: whether a HelmRelease takes values from the Secret.
  init(_ text: String, under key: String, at origin: Origin, style: Scalar.Style, isOfValues: Bool) {
    let trimmed = text[...].trimmed { $0.isBlank || $0 == UInt8(ascii: "\n") }
    let encrypted = ["-----BEGIN PGP MESSAGE", "-----BEGIN AGE ENCRYPTED FILE"]
    if trimmed.isEmpty || encrypted.contains(where: text.contains) || text.contains("ENC[AES256_GCM") {
      self.init(.nothing)
    } else if trimmed.hasPrefix("-----BEGIN"), text.contains("PRIVATE KEY-----") {
      self.init(.credential)
    } else if ["-----BEGIN CERTIFICATE", "-----BEGIN PUBLIC KEY"].contains(where: trimmed.hasPrefix) {
      self.init(.nothing)
    } else if trimmed.utf8.contains(UInt8(ascii: "\n")) || trimmed.hasPrefix("{"), text.utf8.count <= Self.longestFile {
      self.init(file: text, under: key, at: origin, style: style, isOfValues: isOfValues)
    } else {
      self.init(Self.weight(of: String(trimmed), under: key))
    }
  }

  private init(_ weight: Weight) {
    self.weight = weight
  }

  /// Judges one value.
  private static func weight(of text: String, under key: String) -> Weight {
    let marks = ["${", "{{", "<path:"]
    if marks.contains(where: text.contains) || Credentials.isToolReference(text) { return .nothing }
    if text.utf8.count < 40, Credentials.isUnfilled(text) { return .nothing }
    if Credentials.isToken(text) { return .credential }
    if isPublic(key) { return .nothing }
    if isSwitch(text) || saysNothing(text) { return .settings }
    if Credentials.mayName(key) { return .credential }
    return isSetting(text) || isIdentifier(text, under: key) ? .settings : .unclear
  }

  /// Which tenant, subscription or client something belongs to: clouds number those, and keep no secret of the number.
  private static func isIdentifier(_ text: String, under key: String) -> Bool {
    guard key.hasSuffix("_ID") || key.hasSuffix("Id") || key.hasSuffix("ID") || key.hasSuffix("-id") else {
      return false
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isNumbered = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumbered
      || parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  /// Keys under which nothing secret stands: names, addresses, public halves.
  private static func isPublic(_ key: String) -> Bool {
    let names: Set = [
      "username", "user", "url", "type", "host", "hostname", "port", "namespace", "name", "project", "region",
      "known_hosts", "ca.crt", "caFile", "address", "channel", "email", "database", "dbname", "endpoint",
    ]
    return names.contains(key) || key.hasSuffix(".pub") || names.contains(key.lowercased())
  }

  /// What is on or off is no secret, whatever its key says of credentials.
  private static func isSwitch(_ text: String) -> Bool {
    ["true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  /// What is written where something must stand and nothing is asked for, as by an emulator of a cloud. `changeme` and
  /// `admin` are no such texts: they let people in.
  private static func saysNothing(_ text: String) -> Bool {
    [
      "test", "testing", "dummy", "fake", "mock", "none", "null", "nil", "n/a", "na", "unused", "notused", "not-used",
      "example", "sample", "foo", "bar", "foobar", "localstack",
    ].contains(text.lowercased())
  }

  /// Short numbers, the names of levels and algorithms.
  private static func isSetting(_ text: String) -> Bool {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isNumber { return text.utf8.count < 6 }
    let isUpper = text.uppercased() == text
    return text.utf8.count < 16 && (isUpper || text.lowercased() == text)
      && text.utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
  }

  // MARK: Files

  private init(file text: String, under key: String, at origin: Origin, style: Scalar.Style, isOfValues: Bool) {
    let node = Node(.scalar(Scalar(text, style: style)), origin: origin)
    let documents = ((try? node.embeddedDocuments()) ?? []).map(\.root).filter { $0.scalar?.text.isEmpty != true }
    var search = LeafSearch()
    let isTree = !documents.isEmpty && documents.allSatisfy { $0.scalar == nil }
    if isTree {
      for root in documents { search.look(in: root, key: "", path: "", depth: Self.depthLimit) }
    } else {
      search.look(in: text, of: node)
    }
    leaves = search.leaves.map { leaf in
      var leaf = leaf
      leaf.origin.lastStep = origin.lastStep
      return leaf
    }
    let isTemplate = text.contains("${") || text.contains("{{")
    // Values of a chart are no secret only because they come by a Secret.
    let isValues = isOfValues || key.contains("values") && (key.hasSuffix(".yaml") || key.hasSuffix(".yml"))
    if !leaves.isEmpty || !isTree && text.contains("PRIVATE KEY-----") {
      weight = .credential
    } else if isTemplate || isTree && isValues {
      weight = .nothing
    } else {
      weight = isTree || search.isSettings ? .settings : .unclear
    }
  }
}

/// Looks for credentials in a file.
private struct LeafSearch {
  var leaves: [SecretContent.Leaf] = []
  /// Whether every line of a text is a comment, the name of a section, or sets something.
  var isSettings = true

  mutating func look(in node: Node, key: String, path: String, depth: Int) {
    guard depth > 0 else { return }
    switch node.value {
    case .scalar(let scalar):
      if Credentials.isCredentialOfFile(scalar.text, under: key) {
        leaves.append(.init(path: path, origin: node.origin))
      }
    case .sequence(let items):
      for item in items { look(in: item, key: key, path: path, depth: depth - 1) }
    case .mapping(let mapping):
      let name = mapping["name"]?.scalar?.text
      for entry in mapping.entries {
        let own = entry.key.text == "value" ? name ?? "value" : entry.key.text
        look(
          in: entry.value, key: own, path: path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)", depth: depth - 1
        )
      }
    }
  }

  /// The lines of a file in no tree's format, such as `KEY=value`, `key = "value"` or `key: value,`.
  mutating func look(in text: String, of node: Node) {
    let places = EmbeddedPlaces(in: node)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.trimmed { $0.isBlank || [",", ";"].contains(Unicode.Scalar($0)) }
      guard let first = content.first, !["#", ";", "/", "[", "*"].contains(first) else { continue }
      guard let sign = content.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
        isSettings = false
        continue
      }
      let quotes: (UInt8) -> Bool = { $0.isBlank || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      let words = content[..<sign].split { $0 == " " || $0 == "\t" }
      let key = String((words.last ?? "").trimmed(quotes))
      let value = String(content[content.index(after: sign)...].trimmed(quotes))
      guard Credentials.isCredentialOfFile(value, under: key) else { continue }
      let span = SourceSpan(
        start: SourcePosition(line: UInt32(number) + 1, column: 1),
        end: SourcePosition(line: UInt32(number) + 1, column: UInt32(line.unicodeScalars.count) + 1))
      // A whole file stands where it stands.
      let isFile = node.origin.span == .fileStart
      let origin = isFile ? Origin(file: node.origin.file, span: span) : places?.origin(of: span) ?? node.origin
      leaves.append(.init(path: key, origin: origin))
    }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r")
  }
}

extension Substring {
  /// Without the bytes at both ends that are to go.
  fileprivate func trimmed(_ isOut: (UInt8) -> Bool) -> Substring {
    var rest = utf8[...]
    while let byte = rest.first, isOut(byte) { rest = rest.dropFirst() }
    while let byte = rest.last, isOut(byte) { rest = rest.dropLast() }
    return Substring(rest)
  }
}
