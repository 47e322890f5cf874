import Testing
import Workers

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 7]) func keepsTheOrderOfTheInput(_ jobs: Int) {
    let squares = Workers(jobs: jobs).map(Array(0..<1_000)) { $0 * $0 }
    #expect(squares == (0..<1_000).map { $0 * $0 })
  }

  @Test func givesNothingForNothing() {
    #expect(Workers(jobs: 4).map([Int]()) { $0 }.isEmpty)
  }

  /// 40,000 frames of recursion overflow the 8 MB of an ordinary thread in a debug build.
  @Test func givesThreadsALargeStack() {
    #expect(Workers(jobs: 1).run { depth(below: 40_000) } == 40_000)
  }

  @Test func worksAtLeastOnOneThread() {
    #expect(Workers(jobs: 0).jobs == 1)
  }
}

private func depth(below rest: Int) -> Int {
  var frame = (rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest, rest)
  withUnsafeMutablePointer(to: &frame) { _ in }
  return rest == 0 ? 0 : 1 + depth(below: frame.0 - 1)
}
