import Crypto
import GoTemplate

/// Digests and derived passwords, which are the same every time. Salted, random and generated ones are in `MadeUp`.
enum CryptoFunctions {
  static let functions: [Function] = [
    Function("sha1sum", .string) { .string(hexadecimal(Insecure.SHA1.hash(data: $0.string(0).bytes))) },
    Function("sha256sum", .string) { .string(hexadecimal(SHA256.hash(data: $0.string(0).bytes))) },
    Function("sha512sum", .string) { .string(hexadecimal(SHA512.hash(data: $0.string(0).bytes))) },
    Function("adler32sum", .string) { .text(String(adler32($0.string(0).bytes))) },
    Function("derivePassword", .unsigned(.uint32), .string, .string, .string, .string) {
      (arguments, evaluator) throws(FunctionError) in
      try evaluator.charge(steps: Self.stepsToDerive)
      guard case .uint(let counter, _) = arguments[0] else { return .missing }
      return .string(
        MasterPassword.derive(
          counter: UInt32(truncatingIfNeeded: counter), type: arguments.string(1), password: arguments.string(2),
          user: arguments.string(3), site: arguments.string(4)))
    },
  ]

  /// Deriving a password is made to take long.
  private static let stepsToDerive = 1_000_000

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> GoString {
    let digits = Array("0123456789abcdef".utf8)
    return GoString(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}

/// The Master Password algorithm behind `derivePassword`.
enum MasterPassword {
  /// What the passwords of a type look like: a letter is a class of characters.
  private static let templates: [GoString: [String]] = [
    "maximum": ["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
    "long": [
      "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
      "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
      "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
      "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
    ],
    "medium": ["CvcnoCvc", "CvcCvcno"],
    "short": ["Cvcn"],
    "basic": ["aaanaaan", "aannaaan", "aaannaaa"],
    "pin": ["nnnn"],
  ]

  private static let classes: [UInt8: [UInt8]] = [
    UInt8(ascii: "V"): Array("AEIOU".utf8),
    UInt8(ascii: "C"): Array("BCDFGHJKLMNPQRSTVWXYZ".utf8),
    UInt8(ascii: "v"): Array("aeiou".utf8),
    UInt8(ascii: "c"): Array("bcdfghjklmnpqrstvwxyz".utf8),
    UInt8(ascii: "A"): Array("AEIOUBCDFGHJKLMNPQRSTVWXYZ".utf8),
    UInt8(ascii: "a"): Array("AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz".utf8),
    UInt8(ascii: "n"): Array("0123456789".utf8),
    UInt8(ascii: "o"): Array("@&%?,=[]_:-+*$#!'^~;()/.".utf8),
    UInt8(ascii: "x"): Array(
      "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()".utf8),
  ]

  private static let namespace = Array("com.lyndir.masterpassword".utf8)

  static func derive(
    counter: UInt32, type: GoString, password: GoString, user: GoString, site: GoString
  ) -> GoString {
    guard let candidates = templates[type] else { return GoString("cannot find password template \(type)") }
    let salt = namespace + bigEndian(UInt32(truncatingIfNeeded: user.count)) + user.bytes
    let key = Scrypt.key(password: password.bytes, salt: salt, rounds: 32_768, blockSize: 8, lanes: 2, count: 64)
    let message = namespace + bigEndian(UInt32(truncatingIfNeeded: site.count)) + site.bytes + bigEndian(counter)
    let seed = Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    let template = candidates[Int(seed[0]) % candidates.count]
    let characters = zip(template.utf8, seed.dropFirst()).compactMap { kind, number in
      classes[kind].map { $0[Int(number) % $0.count] }
    }
    return GoString(characters)
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
