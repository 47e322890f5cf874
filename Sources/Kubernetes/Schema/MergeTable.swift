/// The content of a ``Schema``: entries that refer to each other by number.
final class MergeTable: Sendable {
  /// What is known of one value.
  struct Entry: Sendable {
    var strategies: [String] = []
    var keys: [String] = []
    var fields: [String: Int] = [:]
    /// The value of every field that is not in `fields`.
    var values: Int?
    var elements: Int?
    /// Another entry that stands for this one.
    var reference: Int?
    /// Every field that is not in `fields` is known, and known to be replaced as a whole: a type of a generated table, which
    /// leaves such fields out.
    var isClosed = false
  }

  /// The entry of a value that is replaced as a whole.
  static let atomic = 0
  /// More references in a row than that are a circle.
  private static let referenceLimit = 64

  let entries: [Entry]
  let types: [GroupVersionKind: Int]
  let scopes: [GroupVersionKind: Scope]
  /// The entries by the names of their definitions, where other schemas may refer to them.
  private let names: [String: Int]

  init(
    entries: [Entry], types: [GroupVersionKind: Int], scopes: [GroupVersionKind: Scope], names: [String: Int] = [:]
  ) {
    self.entries = entries
    self.types = types
    self.scopes = scopes
    self.names = names
  }

  /// The entry of a definition by its full name, such as `io.k8s.api.core.v1.PodSpec`.
  func definition(_ name: String) -> Int? {
    for prefix in ["io.k8s.api.", "io.k8s.apimachinery.pkg.apis."] where name.hasPrefix(prefix) {
      return names[String(name.dropFirst(prefix.utf8.count))]
    }
    return names[name]
  }

  /// The entry at the end of a chain of references.
  func resolve(_ number: Int) -> Int {
    var number = number
    for _ in 0..<Self.referenceLimit {
      guard let next = entries[number].reference else { return number }
      number = next
    }
    return Self.atomic
  }
}

// Reading the generated tables.
extension MergeTable {
  /// The table of the built-in types.
  static let builtIn: MergeTable = {
    let lines = (definitions + "\n" + kustomizations).utf8.split(separator: UInt8(ascii: "\n")).map {
      $0.split(separator: UInt8(ascii: " ")).map(Substring.init)
    }
    var numbers: [Substring: Int] = [:]
    for (number, line) in lines.enumerated() { numbers[line[0]] = number + 1 }
    var entries = [Entry(isClosed: true)] + lines.map { _ in Entry(isClosed: true) }
    var types: [GroupVersionKind: Int] = [:]
    for (number, line) in lines.enumerated() where line.count > 1 {
      for type in line[1].split(separator: ",") where type != "-" {
        types[typeName(type)] = number + 1
      }
      for text in line.dropFirst(2) {
        let field = WrittenField(text)
        let target = field.target.flatMap { numbers[$0] }
        if field.isList {
          entries.append(
            Entry(strategies: field.strategies, keys: field.keys, elements: target ?? atomic, isClosed: true))
          entries[number + 1].fields[field.name] = entries.count - 1
        } else if let target {
          entries[number + 1].fields[field.name] = target
        }
      }
    }
    return MergeTable(
      entries: entries, types: types, scopes: builtInScopes,
      names: Dictionary(uniqueKeysWithValues: numbers.map { (String($0.key), $0.value) }))
  }()

  /// kustomize knows its own type as well.
  private static let kustomizations =
    "kustomize.v1beta1.Kustomization kustomize.config.k8s.io/v1beta1/Kustomization "
    + "configMapGenerator[]=name~merge secretGenerator[]=name~merge"

  static var builtInScopes: [GroupVersionKind: Scope] {
    var found: [GroupVersionKind: Scope] = [:]
    for line in scopes.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map(Substring.init)
      guard words.count == 3 else { continue }
      found[GroupVersionKind(apiVersion: String(words[0]), kind: String(words[1]))] = Scope(letter: words[2])
    }
    return found
  }

  /// `apps/v1/Deployment`.
  private static func typeName(_ text: Substring) -> GroupVersionKind {
    let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) ?? text.startIndex
    return GroupVersionKind(apiVersion: String(text[..<slash]), kind: String(text[text.utf8.index(after: slash)...]))
  }

  /// A field as the generated table writes it.
  private struct WrittenField {
    var name: String
    var isList = false
    var target: Substring?
    var keys: [String] = []
    var strategies: [String] = []

    init(_ text: Substring) {
      var rest = text
      func cut(_ mark: Unicode.Scalar) -> Substring? {
        guard let index = rest.utf8.lastIndex(of: UInt8(ascii: mark)) else { return nil }
        defer { rest = rest[..<index] }
        return rest[rest.utf8.index(after: index)...]
      }
      func words(_ text: Substring?) -> [String] {
        text.map { $0.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) } } ?? []
      }
      strategies = words(cut("~"))
      keys = words(cut("="))
      target = cut(":")
      isList = rest.hasSuffix("[]")
      name = String(isList ? rest.dropLast(2) : rest)
    }
  }
}
