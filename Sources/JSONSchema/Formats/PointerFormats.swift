/// JSON pointers (RFC 6901) and relative ones.
enum PointerFormats {
  @Sendable static func pointer(_ text: String) -> String? {
    guard !text.isEmpty else { return nil }
    guard text.hasPrefix("/") else { return "not starting with /" }
    return JSONPointer(text: text).isWellFormed ? nil : "~ must be followed by 0 or 1"
  }

  @Sendable static func relativePointer(_ text: String) -> String? {
    let digits = text.utf8.prefix(while: \.isDigit).count
    if digits == 0 { return "must start with non-negative integer" }
    if digits > 1, text.hasPrefix("0") { return "starts with zero" }
    let rest = text.dropping(digits)
    return rest == "#" ? nil : pointer(rest)
  }
}
