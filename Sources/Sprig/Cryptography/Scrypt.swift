import Crypto

/// The key derivation function of RFC 7914.
enum Scrypt {
  static func key(
    password: [UInt8], salt: [UInt8], rounds: Int, blockSize: Int, lanes: Int, count: Int
  ) -> [UInt8] {
    let laneBytes = 128 * blockSize
    var blocks = pbkdf2(password, salt, count: lanes * laneBytes)
    for lane in 0..<lanes {
      let range = lane * laneBytes..<(lane + 1) * laneBytes
      blocks.replaceSubrange(range, with: mixed(Array(blocks[range]), rounds, blockSize))
    }
    return pbkdf2(password, blocks, count: count)
  }

  /// PBKDF2 with HMAC-SHA256 and one iteration.
  private static func pbkdf2(_ password: [UInt8], _ salt: [UInt8], count: Int) -> [UInt8] {
    let key = SymmetricKey(data: password)
    var (out, index): ([UInt8], UInt32) = ([], 1)
    while out.count < count {
      out += HMAC<SHA256>.authenticationCode(for: salt + MasterPassword.bigEndian(index), using: key)
      index += 1
    }
    return Array(out.prefix(count))
  }

  private static func mixed(_ block: [UInt8], _ rounds: Int, _ blockSize: Int) -> [UInt8] {
    let words = 32 * blockSize
    var current = [UInt32](repeating: 0, count: words)
    for index in 0..<words {
      current[index] = (0..<4).reduce(0) { $0 | UInt32(block[index * 4 + $1]) << UInt32($1 * 8) }
    }
    var history = [UInt32](repeating: 0, count: words * rounds)
    var scratch = current
    for round in 0..<rounds {
      for index in 0..<words { history[round * words + index] = current[index] }
      mixBlocks(&current, &scratch, blockSize)
    }
    for _ in 0..<rounds {
      let chosen = Int(current[words - 16]) & (rounds - 1)
      for index in 0..<words { current[index] ^= history[chosen * words + index] }
      mixBlocks(&current, &scratch, blockSize)
    }
    return current.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } }
  }

  private static func mixBlocks(_ words: inout [UInt32], _ scratch: inout [UInt32], _ blockSize: Int) {
    var last = Array(words[(words.count - 16)...])
    for block in 0..<(2 * blockSize) {
      for index in 0..<16 { last[index] ^= words[block * 16 + index] }
      salsa(&last)
      // Even blocks come first, then the odd ones.
      let place = (block % 2 * blockSize + block / 2) * 16
      for index in 0..<16 { scratch[place + index] = last[index] }
    }
    swap(&words, &scratch)
  }

  /// The order in which Salsa20 adds and rotates: target, two sources, by how many bits.
  private static let quarters: [(Int, Int, Int, UInt32)] = [
    (4, 0, 12, 7), (8, 4, 0, 9), (12, 8, 4, 13), (0, 12, 8, 18), (9, 5, 1, 7), (13, 9, 5, 9), (1, 13, 9, 13),
    (5, 1, 13, 18), (14, 10, 6, 7), (2, 14, 10, 9), (6, 2, 14, 13), (10, 6, 2, 18), (3, 15, 11, 7), (7, 3, 15, 9),
    (11, 7, 3, 13), (15, 11, 7, 18), (1, 0, 3, 7), (2, 1, 0, 9), (3, 2, 1, 13), (0, 3, 2, 18), (6, 5, 4, 7),
    (7, 6, 5, 9), (4, 7, 6, 13), (5, 4, 7, 18), (11, 10, 9, 7), (8, 11, 10, 9), (9, 8, 11, 13), (10, 9, 8, 18),
    (12, 15, 14, 7), (13, 12, 15, 9), (14, 13, 12, 13), (15, 14, 13, 18),
  ]

  private static func salsa(_ block: inout [UInt32]) {
    let start = block
    for _ in 0..<4 {
      for (target, first, second, bits) in quarters {
        let sum = block[first] &+ block[second]
        block[target] ^= sum << bits | sum >> (32 - bits)
      }
    }
    for index in 0..<16 { block[index] &+= start[index] }
  }
}
