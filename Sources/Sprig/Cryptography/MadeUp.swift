import Crypto
import GoTemplate

/// Functions whose real values are random, salted or generated. A render must be the same every time, so they give
/// fixed, well-formed values; that they were used is noted in the evaluation.
enum MadeUp {
  static let functions: [Function] =
    [
      text("randAlphaNum", .int, from: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      text("randAlpha", .int, from: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      text("randNumeric", .int, from: "0123456789"),
      text("randAscii", .int, from: "abcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~"),
      Function("randBytes", .int, evaluating: bytes),
      noted("randInt", .int, .int) { (arguments) throws(FunctionError) in
        guard arguments.int(1) > arguments.int(0) else { throw .message("invalid argument to Intn") }
        return arguments[0]
      },
      noted("shuffle", .string) { $0[0] },
      noted("uuidv4") { _ in "00000000-0000-4000-8000-000000000000" },
      noted("bcrypt", .string) { .string(bcrypt($0.string(0))) },
      noted("htpasswd", .string, .string) { arguments in
        let user = arguments.string(0)
        if user.bytes.contains(UInt8(ascii: ":")) { return .text("invalid username: \(user)") }
        return .string(GoString(user.bytes + [UInt8(ascii: ":")] + bcrypt(arguments.string(1)).bytes))
      },
      noted("encryptAES", .string, .string) { .string(Base64.encode(AES.encrypt($0.string(1), $0.string(0)))) },
      Function("decryptAES", .string, .string) { (arguments) throws(FunctionError) in
        .string(try AES.decrypt(arguments.string(1), arguments.string(0)))
      },
      Function("getHostByName", .string) { _ in "" },
    ] + CertificateFunctions.functions

  static func noted(
    _ name: String, _ parameters: GoType..., body: @escaping @Sendable ([Value]) throws(FunctionError) -> Value
  ) -> Function {
    Function(name, parameters) { (arguments, evaluator) throws(FunctionError) in
      evaluator.madeUp.insert(name)
      return try body(arguments)
    }
  }

  private static func text(_ name: String, _ parameter: GoType, from alphabet: String) -> Function {
    let characters = Array(alphabet.utf8)
    return Function(name, parameter) { (arguments, evaluator) throws(FunctionError) in
      evaluator.madeUp.insert(name)
      let count = max(arguments.int(0), 0)
      try StringFunctions.checkSize((count, false), evaluator)
      return .string(GoString((0..<count).map { characters[$0 % characters.count] }))
    }
  }

  @Sendable private static func bytes(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    evaluator.madeUp.insert("randBytes")
    let count = max(arguments.int(0), 0)
    try StringFunctions.checkSize((count, false), evaluator)
    return .string(Base64.encode((0..<count).map { UInt8(truncatingIfNeeded: $0) }))
  }

  /// What looks like a bcrypt hash, made from the digest of the password.
  private static func bcrypt(_ password: GoString) -> GoString {
    let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let digest = Array(SHA512.hash(data: password.bytes))
    return GoString(Array("$2a$10$".utf8) + digest.prefix(53).map { alphabet[Int($0) % 64] })
  }
}
