/// Random numbers that are the same on every machine for the same seed (SplitMix64).
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of one case of a run: each case has its own, so that it can be run alone.
  init(seed: UInt64, case number: Int) {
    state = seed
    let base = next()
    state = base ^ UInt64(truncatingIfNeeded: number) &* 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to `limit`, which is at least 1.
  mutating func below(_ limit: Int) -> Int {
    Int.random(in: 0..<max(1, limit), using: &self)
  }

  /// One of `items`; nil where there are none.
  mutating func pick<Items: RandomAccessCollection>(_ items: Items) -> Items.Element? where Items.Index == Int {
    items.isEmpty ? nil : items[items.startIndex + below(items.count)]
  }

  /// True once in `count` times on average.
  mutating func oneIn(_ count: Int) -> Bool {
    below(count) == 0
  }
}
