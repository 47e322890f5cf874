import Flux
import Testing

@Suite struct RandomTextTests {
  /// A generator of numbers that gives the same ones each time.
  struct Sequence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  static let pieces = [
    "${", "}", "$", "{", ":", ":=", ":-", "=", "-", "+", "?", "/", "//", "#", "##", "%", "%%", "^", "^^", ",", "\\",
    "a", "b",
    "é", "€", "😀", "1", "-1", "*", "[", "]", "[^", " ", "\n", "\u{0}",
  ]

  /// Whatever stands in a manifest, expanding ends with a text or an error.
  @Test func anyTextIsExpandedOrRefused() {
    var random = Sequence(state: 42)
    var expanded = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...12, using: &random)
      let text = "${a" + (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined() + "}"
      do throws(EnvsubstError) {
        _ = try Envsubst.expand(Array(text.utf8)) { $0 == "a" ? .known(Array("a/é*b😀ab".utf8)) : nil }
        expanded += 1
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
    #expect(expanded > 1000)
  }
}
