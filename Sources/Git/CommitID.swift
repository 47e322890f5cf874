import CLibGit2

/// The name of a commit: its SHA-1.
public struct CommitID: Sendable, Hashable, Comparable, CustomStringConvertible {
  let object: ObjectName

  init(_ object: ObjectName) {
    self.object = object
  }

  /// Forty hexadecimal digits.
  public var description: String { object.hex }

  /// Enough digits for people.
  public var short: String { String(object.hex.prefix(10)) }

  /// By the digits.
  public static func < (left: CommitID, right: CommitID) -> Bool { left.object.hex < right.object.hex }
}

/// The name of any object in the database.
struct ObjectName: Sendable, Hashable {
  let hex: String

  init(_ raw: git_oid) {
    let digits = Array("0123456789abcdef".utf8)
    var copy = raw
    let bytes = unsafe withUnsafeBytes(of: &copy) { unsafe Array($0.prefix(Int(GIT_OID_RAWSZ))) }
    hex = String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  var raw: git_oid {
    var raw = git_oid()
    // Always forty digits, so this cannot fail.
    _ = unsafe git_oid_fromstr(&raw, hex)
    return raw
  }
}
