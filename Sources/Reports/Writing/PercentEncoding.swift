/// Paths as relative references of RFC 3986.
enum PercentEncoding {
  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@".utf8)
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Every byte that cannot stand for itself as `%XX`. A colon is encoded too: in the first component it would end
  /// a scheme.
  static func path(_ path: String) -> String {
    var found: [UInt8] = []
    for byte in path.utf8 {
      if allowed.contains(byte) {
        found.append(byte)
      } else {
        found += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: found, as: UTF8.self)
  }
}
