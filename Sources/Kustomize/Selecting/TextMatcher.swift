import Diagnostics
import Pattern

/// What one field of a selector says: a regular expression that must match the whole text. Most are plain names, for which
/// nothing needs to be compiled.
enum TextMatcher: Sendable {
  /// The field says nothing.
  case anything
  /// Just this text.
  case text(String)
  /// This text, where a dot stands for any character: a group such as `apps.example.com`.
  case dotted(String)
  /// What the expression matches.
  case pattern(Pattern)

  init(_ text: String, at place: Location) throws(KustomizeError) {
    if text.isEmpty {
      self = .anything
    } else if text.utf8.allSatisfy(Self.standsForItself) {
      self = .text(text)
    } else if text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || Self.standsForItself($0) }) {
      self = .dotted(text)
    } else {
      do throws(PatternError) {
        self = .pattern(try Pattern("^(?:\(text))$"))
      } catch {
        throw KustomizeError(.selector, error.message, at: place)
      }
    }
  }

  /// Whether `text` is what the field asks for.
  func matches(_ text: String) throws(PatternError) -> Bool {
    switch self {
    case .anything: true
    case .text(let wanted): wanted.utf8.elementsEqual(text.utf8)
    case .dotted(let wanted):
      wanted.unicodeScalars.elementsEqual(text.unicodeScalars) { $0 == $1 || $0 == "." && $1 != "\n" }
    case .pattern(let pattern): try pattern.matches(text)
    }
  }

  private static func standsForItself(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
