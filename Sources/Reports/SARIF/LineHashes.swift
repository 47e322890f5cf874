/// The `primaryLocationLineHash` of each line of a file, as GitHub's own tools compute it (github/codeql-action).
///
/// GitHub knows an alert again by this value. A file without it gets one on upload; another value under the same key
/// is answered with a warning each time.
struct LineHashes: Sendable {
  /// How many characters from the start of a line count.
  private static let window = 100
  private static let multiplier: UInt64 = 37

  private var hashes: [String] = []

  /// The hash of a line, counted from 1; nil behind the end.
  func hash(ofLine line: Int) -> String? {
    line >= 1 && line <= hashes.count ? hashes[line - 1] : nil
  }

  init(_ bytes: [UInt8]) {
    var roller = Roller(window: Self.window, multiplier: Self.multiplier)
    var counts: [UInt64: Int] = [:]
    var startsLine = true
    var afterReturn = false
    func note(_ hash: UInt64?) {
      guard let hash else { return }
      counts[hash, default: 0] += 1
      hashes.append("\(String(hash, radix: 16)):\(counts[hash, default: 1])")
    }
    // UTF-16 as in the original. The last unit stands for the end of the file.
    for unit in Array(String(decoding: bytes, as: UTF8.self).utf16) + [0xFFFF] {
      let isSpace = unit == 0x20 || unit == 0x09
      if isSpace || (afterReturn && unit == 0x0A) {
        afterReturn = false
        continue
      }
      afterReturn = unit == 0x0D
      let value: UInt16 = afterReturn ? 0x0A : unit
      note(roller.push(value, startsLine: startsLine))
      startsLine = value == 0x0A
    }
    for _ in 0..<Self.window { note(roller.push(0, startsLine: false)) }
  }
}

/// A rolling hash over a window, which gives the hash of a line once the window has moved to the line's end.
private struct Roller {
  private var units: [UInt16]
  private var beginsLine: [Bool]
  private var index = 0
  private var hash: UInt64 = 0
  private let multiplier: UInt64
  /// The multiplier to the power of the window: what the unit that leaves has grown to.
  private let leaving: UInt64

  init(window: Int, multiplier: UInt64) {
    units = Array(repeating: 0, count: window)
    beginsLine = Array(repeating: false, count: window)
    self.multiplier = multiplier
    leaving = (0..<window).reduce(1) { power, _ in power &* multiplier }
  }

  /// Takes in one unit. Where the one that leaves began a line, gives that line's hash.
  mutating func push(_ unit: UInt16, startsLine: Bool) -> UInt64? {
    let finished = beginsLine[index] ? hash : nil
    beginsLine[index] = startsLine
    hash = multiplier &* hash &+ UInt64(unit) &- leaving &* UInt64(units[index])
    units[index] = unit
    index = (index + 1) % units.count
    return finished
  }
}
