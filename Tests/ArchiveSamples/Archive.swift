/// Small archives for tests and for fuzzing: nothing is compressed.
public enum Archive {
  /// A tar archive of texts by their names; a name that ends in a slash is a directory.
  public static func tar(_ entries: [(String, String)]) -> [UInt8] {
    tar(entries.map { ($0.0, Array($0.1.utf8)) })
  }

  /// A tar archive of files by their names, which have at most 99 bytes.
  public static func tar(_ entries: [(String, [UInt8])]) -> [UInt8] {
    var out: [UInt8] = []
    for (name, bytes) in entries {
      var header = [UInt8](repeating: 0, count: 512)
      put(name, at: 0, in: &header)
      put("0000644", at: 100, in: &header)
      put(octal(bytes.count, 11), at: 124, in: &header)
      put(octal(0, 11), at: 136, in: &header)
      put("        \(name.hasSuffix("/") ? "5" : "0")", at: 148, in: &header)
      put("ustar", at: 257, in: &header)
      put("00", at: 263, in: &header)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148, in: &header)
      out += header + bytes
      while out.count % 512 != 0 { out.append(0) }
    }
    return out + [UInt8](repeating: 0, count: 1024)
  }

  private static func put(_ text: String, at offset: Int, in header: inout [UInt8]) {
    for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
  }

  private static func octal(_ value: Int, _ width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  /// The bytes as gzip has them: in blocks of up to 65,535 bytes, as they are.
  public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let count = UInt16(end - start)
      out.append(end == bytes.count ? 1 : 0)
      out += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      out += bytes[start..<end]
      start = end
    } while start < bytes.count
    return out + little(checksum(bytes)) + little(UInt32(bytes.count))
  }

  private static func little(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
  }
}
