import Diagnostics

/// A short text that stays the same while a finding does.
///
/// It is made of rule, object (without the version of its API) and field; of what is in no object, of the file's name.
/// Neither lines nor folders count, so that files can be moved and renamed. The same object can be written once for each
/// of several clusters, and each of those is a finding of its own: such copies are numbered.
enum Fingerprint {
  static func of(rule: String, object: ObjectReference?, field: String, path: String, copy: Int) -> String {
    var parts = [rule]
    if let object {
      let group = object.apiVersion.split(separator: "/").count > 1 ? object.apiVersion.split(separator: "/")[0] : ""
      parts += [String(group), object.kind, object.namespace, object.name]
    }
    parts.append(field)
    if object == nil { parts.append(path.split(separator: "/").last.map(String.init) ?? path) }
    if copy > 0 { parts.append(String(copy)) }
    return hex(fnv1a(parts))
  }

  /// Of a finding that stands for several objects, by what they have in common.
  static func of(rule: String, cause: String, copy: Int) -> String {
    hex(fnv1a([rule, "cause", cause] + (copy > 0 ? [String(copy)] : [])))
  }

  /// FNV-1a with 128 bits; a zero byte ends each part.
  private static func fnv1a(_ parts: [String]) -> UInt128 {
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B
    var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    for part in parts {
      for byte in part.utf8 {
        hash ^= UInt128(byte)
        hash &*= prime
      }
      hash &*= prime
    }
    return hash
  }

  private static func hex(_ number: UInt128) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}
