/// The bytes written so far, with what an emitter must know about the current line.
struct EmitterOutput {
  private(set) var bytes: [UInt8] = []
  /// Characters in the current line.
  private(set) var column = 0
  /// Whether the last thing written was space.
  var endsWithSpace = true
  /// Whether the current line holds nothing but space and the indicators `-`, `?`, `:` so far.
  var isIndentation = true

  mutating func put(_ byte: UInt8) {
    bytes.append(byte)
    column += 1
  }

  mutating func put(_ text: StaticString) {
    bytes.append(contentsOf: text.description.utf8)
    column += text.utf8CodeUnitCount
  }

  mutating func putBreak() {
    bytes.append(UInt8(ascii: "\n"))
    column = 0
  }

  /// Starts a document: what was written before stands in lines of its own.
  mutating func startDocument() {
    column = 0
    endsWithSpace = true
    isIndentation = true
  }

  /// One character of a text; moves `index` behind it.
  mutating func copyCharacter(_ text: Span<UInt8>, _ index: inout Int) {
    let end = index + UTF8Byte.width(text[index])
    while index < end {
      bytes.append(text[index])
      index += 1
    }
    column += 1
  }

  /// One line break of a text; moves `index` behind it.
  mutating func copyBreak(_ text: Span<UInt8>, _ index: inout Int) {
    if text[index] == UInt8(ascii: "\n") {
      putBreak()
      index += 1
    } else {
      copyCharacter(text, &index)
      column = 0
    }
  }

  /// A whole text without line breaks.
  mutating func copy(_ text: Span<UInt8>) {
    bytes.reserveCapacity(bytes.count + text.count)
    for index in text.indices {
      bytes.append(text[index])
      if text[index] & 0xC0 != 0x80 { column += 1 }
    }
  }

  /// A plain text in ASCII without spaces, with a space before it.
  mutating func copyWord(_ text: String) {
    if !endsWithSpace { put(UInt8(ascii: " ")) }
    bytes.append(contentsOf: text.utf8)
    column += text.utf8.count
    endsWithSpace = false
    isIndentation = false
  }

  /// Goes to column `indent`, in a new line where the current one is used.
  mutating func indent(to indent: Int) {
    let target = max(indent, 0)
    if !isIndentation || column > target || (column == target && !endsWithSpace) { putBreak() }
    while column < target { put(UInt8(ascii: " ")) }
    endsWithSpace = true
    isIndentation = true
  }

  /// A sign such as `-` or `:`.
  mutating func indicator(_ sign: StaticString, needsSpace: Bool = true, isIndentation continues: Bool = false) {
    if needsSpace, !endsWithSpace { put(UInt8(ascii: " ")) }
    put(sign)
    endsWithSpace = false
    isIndentation = isIndentation && continues
  }
}
