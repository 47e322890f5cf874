import Crypto
import GoTemplate

/// AES in CBC mode with a key of up to 32 bytes of the password, as sprig's `encryptAES` and `decryptAES` have it.
enum AES {
  /// The vector in front, then the blocks; the last is filled with how many bytes it lacks. The vector is fixed.
  static func encrypt(_ text: GoString, _ password: GoString) -> [UInt8] {
    let cipher = BlockCipher(key: key(password))
    let missing = 16 - text.count % 16
    let padded = text.bytes + [UInt8](repeating: UInt8(missing), count: missing)
    var previous = [UInt8](repeating: 0, count: 16)
    var out = previous
    for start in stride(from: 0, to: padded.count, by: 16) {
      previous = cipher.encrypt(zip(padded[start..<(start + 16)], previous).map { $0 ^ $1 })
      out += previous
    }
    return out
  }

  static func decrypt(_ text: GoString, _ password: GoString) throws(FunctionError) -> GoString {
    let bytes: [UInt8]
    do throws(BitCoding.Corrupt) {
      bytes = try Base64.decode(text)
    } catch {
      throw .message(error.message)
    }
    guard bytes.count >= 16 else { throw .message("runtime error: slice bounds out of range [:16]") }
    guard bytes.count % 16 == 0 else { throw .message("crypto/cipher: input not full blocks") }
    let cipher = BlockCipher(key: key(password))
    var out: [UInt8] = []
    for start in stride(from: 16, to: bytes.count, by: 16) {
      let block = cipher.decrypt(Array(bytes[start..<(start + 16)]))
      out += zip(block, bytes[(start - 16)..<start]).map { $0 ^ $1 }
    }
    guard let missing = out.last, Int(missing) <= out.count else {
      throw .message("runtime error: index out of range")
    }
    return GoString(out.dropLast(Int(missing)))
  }

  private static func key(_ password: GoString) -> [UInt8] {
    Array((password.bytes + [UInt8](repeating: 0, count: 32)).prefix(32))
  }
}

/// The AES block cipher with a key of 32 bytes.
struct BlockCipher {
  private let roundKeys: [[UInt8]]

  init(key: [UInt8]) {
    var words = stride(from: 0, to: 32, by: 4).map { Array(key[$0..<($0 + 4)]) }
    var constant: UInt8 = 1
    for index in 8..<60 {
      var word = words[index - 1]
      if index % 8 == 0 {
        word = [word[1], word[2], word[3], word[0]].map { BlockCipher.boxes.forward[Int($0)] }
        word[0] ^= constant
        constant = BlockCipher.doubled(constant)
      } else if index % 8 == 4 {
        word = word.map { BlockCipher.boxes.forward[Int($0)] }
      }
      words.append(zip(words[index - 8], word).map { $0 ^ $1 })
    }
    roundKeys = (0..<15).map { round in words[(round * 4)..<(round * 4 + 4)].flatMap { $0 } }
  }

  func encrypt(_ block: [UInt8]) -> [UInt8] {
    var state = added(block, 0)
    for round in 1...14 {
      state = state.map { BlockCipher.boxes.forward[Int($0)] }
      state = (0..<16).map { state[($0 + $0 % 4 * 4) % 16] }
      if round < 14 { state = BlockCipher.mixed(state, [2, 3, 1, 1]) }
      state = added(state, round)
    }
    return state
  }

  func decrypt(_ block: [UInt8]) -> [UInt8] {
    var state = added(block, 14)
    for round in (0...13).reversed() {
      state = (0..<16).map { state[($0 + 16 - $0 % 4 * 4) % 16] }
      state = state.map { BlockCipher.boxes.backward[Int($0)] }
      state = added(state, round)
      if round > 0 { state = BlockCipher.mixed(state, [14, 11, 13, 9]) }
    }
    return state
  }

  private func added(_ state: [UInt8], _ round: Int) -> [UInt8] {
    zip(state, roundKeys[round]).map { $0 ^ $1 }
  }

  private static func mixed(_ state: [UInt8], _ factors: [UInt8]) -> [UInt8] {
    (0..<16).map { index in
      let (column, row) = (index / 4 * 4, index % 4)
      return (0..<4).reduce(0) { $0 ^ product(state[column + $1], factors[($1 + 4 - row) % 4]) }
    }
  }

  private static func doubled(_ value: UInt8) -> UInt8 {
    value << 1 ^ (value & 0x80 == 0 ? 0 : 0x1B)
  }

  private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (factor, rest, sum): (UInt8, UInt8, UInt8) = (left, right, 0)
    while rest > 0 {
      if rest & 1 == 1 { sum ^= factor }
      factor = doubled(factor)
      rest >>= 1
    }
    return sum
  }

  /// The substitution of bytes: the inverse in the field, then an affine map.
  private static let boxes: (forward: [UInt8], backward: [UInt8]) = {
    var forward = [UInt8](repeating: 0, count: 256)
    var backward = forward
    for value in 0...255 {
      let byte = UInt8(value)
      let inverse = byte == 0 ? 0 : (1...255).lazy.map { UInt8($0) }.first { product(byte, $0) == 1 } ?? 0
      var result = inverse
      for shift in 1...4 { result ^= inverse << UInt8(shift) | inverse >> UInt8(8 - shift) }
      result ^= 0x63
      forward[value] = result
      backward[Int(result)] = byte
    }
    return (forward, backward)
  }()
}
