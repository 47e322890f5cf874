import GoTemplate

/// A JSON schema with the places in it that references can name.
struct SchemaDocument {
  let root: Value
  /// 4, 6, 7, 2019 or 2020.
  let draft: Int
  private var places: [GoString: Value] = [:]

  private static let base: GoString = "file:///values.schema.json"
  private static let deepest = 200

  init(_ root: Value) {
    self.root = root
    draft = SchemaDocument.draft(of: root)
    collect(root, base: SchemaDocument.base, depth: 0)
    places[SchemaDocument.base] = root
  }

  private static func draft(of root: Value) -> Int {
    guard case .dict(let dict) = root, case .string(let name)? = dict["$schema"] else { return 2020 }
    for (part, draft) in [("draft-04", 4), ("draft-06", 6), ("draft-07", 7), ("2019-09", 2019)]
    where name.text.firstRange(of: part) != nil {
      return draft
    }
    return 2020
  }

  /// Remembers all places that have a name of their own.
  private mutating func collect(_ value: Value, base: GoString, depth: Int) {
    guard depth < SchemaDocument.deepest else { return }
    switch value {
    case .list(let list):
      for element in list.elements { collect(element, base: base, depth: depth + 1) }
    case .dict(let dict):
      var base = base
      if case .string(let id)? = dict[draft == 4 ? "id" : "$id"] {
        let resolved = SchemaDocument.resolve(id, against: base)
        places[resolved] = value
        if !id.bytes.starts(with: [UInt8(ascii: "#")]) { base = SchemaDocument.withoutFragment(resolved) }
        places[base] = places[base] ?? value
      }
      for key in ["$anchor", "$dynamicAnchor"] as [GoString] {
        guard case .string(let anchor)? = dict[key] else { continue }
        places[GoString(base.bytes + [UInt8(ascii: "#")] + anchor.bytes)] = value
      }
      for key in dict.sortedKeys where key != "enum" && key != "const" {
        collect(dict[key] ?? .null, base: base, depth: depth + 1)
      }
    default: break
    }
  }

  static func withoutFragment(_ reference: GoString) -> GoString {
    GoString(reference.bytes.prefix { $0 != UInt8(ascii: "#") })
  }

  static func resolve(_ reference: GoString, against base: GoString) -> GoString {
    let text = reference.text
    if text.hasPrefix("#") { return GoString(withoutFragment(base).bytes + reference.bytes) }
    if text.firstRange(of: "://") != nil || text.hasPrefix("urn:") { return reference }
    let baseText = withoutFragment(base).text
    guard let schemeEnd = baseText.firstRange(of: "://") else { return reference }
    let authority = baseText[..<schemeEnd.upperBound]
    var parts = baseText[schemeEnd.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
    if text.hasPrefix("/") { return GoString(authority + (parts.first ?? "") + text) }
    parts.removeLast()
    return GoString(authority + (parts + [Substring(text)]).joined(separator: "/"))
  }

  /// The schema a reference names, and where it stands; nil when it is not in the document.
  func target(of reference: GoString, from base: GoString) -> (schema: Value, base: GoString)? {
    let full = SchemaDocument.resolve(reference, against: base)
    let document = SchemaDocument.withoutFragment(full)
    let fragment = GoString(full.bytes.dropFirst(document.count + 1))
    if fragment.isEmpty { return places[document].map { ($0, document) } }
    if fragment.bytes.first != UInt8(ascii: "/") {
      return places[GoString(document.bytes + [UInt8(ascii: "#")] + fragment.bytes)].map { ($0, document) }
    }
    guard var current = places[document] else { return nil }
    for part in fragment.bytes.split(separator: UInt8(ascii: "/")) {
      guard let next = SchemaDocument.child(of: current, SchemaDocument.unescaped(part)) else { return nil }
      current = next
    }
    return (current, document)
  }

  private static func child(of value: Value, _ key: GoString) -> Value? {
    switch value {
    case .dict(let dict): return dict[key]
    case .list(let list): return Int(key.text).flatMap { list.elements.indices.contains($0) ? list.elements[$0] : nil }
    default: return nil
    }
  }

  /// A part of a pointer without the escapes of URLs and pointers.
  private static func unescaped(_ part: ArraySlice<UInt8>) -> GoString {
    var (out, index) = ([UInt8](), part.startIndex)
    while index < part.endIndex {
      if part[index] == UInt8(ascii: "%"), index + 2 < part.endIndex,
        let byte = UInt8(String(decoding: part[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        out.append(byte)
        index += 3
      } else if part[index] == UInt8(ascii: "~"), index + 1 < part.endIndex {
        out.append(part[index + 1] == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
        index += 2
      } else {
        out.append(part[index])
        index += 1
      }
    }
    return GoString(out)
  }

  static var rootBase: GoString { base }
}
