/// What an evaluation read of marked maps and lists, in order, and what the templates it included wrote: enough to lead
/// a line of output back to the values behind it.
///
/// Whoever wants to know marks maps and lists before (see ``Dict/mark``). An action of a template, a variable and a dot
/// each have a stretch of the log: what was read to get there.
struct ReadLog: Sendable {
  /// A part of the log.
  struct Stretch: Sendable {
    var lower: Int32 = 0
    var upper: Int32 = 0

    static let nothing = Stretch()

    var isEmpty: Bool { lower >= upper }
  }

  enum Entry: Sendable {
    /// The value under a key of a marked map, or at an index of a marked list.
    case element(mark: Int32, key: GoString)
    /// A marked map or list, given to a function as a whole.
    case whole(mark: Int32)
    /// What was read before for a variable or a dot that is used here.
    case earlier(Stretch)
  }

  /// What an included template wrote, where it is more than a name or a part of a line.
  struct Included: Sendable {
    var output: Output
    /// The outputs included within it are those from here up to its own.
    var first: Int32
  }

  /// More than this is not noted: lines whose values were read later are not led back.
  static let largestCount = 1 << 20
  /// Bytes of included templates that are kept.
  static let largestText = 32 << 20

  private(set) var entries: [Entry] = []
  private(set) var included: [Included] = []
  private var textSize = 0
  /// Whether anything is noted.
  let isKept: Bool

  init(isKept: Bool) {
    self.isKept = isKept
  }

  var count: Int32 { Int32(truncatingIfNeeded: entries.count) }
  var includedCount: Int32 { Int32(truncatingIfNeeded: included.count) }

  mutating func note(_ entry: Entry) {
    if isKept, entries.count < ReadLog.largestCount { entries.append(entry) }
  }

  mutating func noteUse(of stretch: Stretch) {
    if !stretch.isEmpty { note(.earlier(stretch)) }
  }

  /// Notes the marked maps and lists among what a function is given.
  mutating func noteWholes(_ values: [Value]) {
    guard isKept else { return }
    for value in values {
      switch value {
      case .dict(let dict) where dict.mark != 0: note(.whole(mark: dict.mark))
      case .list(let list) where list.mark != 0: note(.whole(mark: list.mark))
      default: break
      }
    }
  }

  mutating func noteIncluded(_ output: Output, since first: Int32) {
    guard isKept, textSize + output.bytes.count <= ReadLog.largestText, output.bytes.isWholeLine else { return }
    textSize += output.bytes.count
    included.append(Included(output: output, first: first))
  }

  /// What has been read since the log had `start` entries.
  func stretch(since start: Int32) -> Stretch { Stretch(lower: start, upper: count) }

  // MARK: Reading it

  /// As many entries of a stretch are looked at.
  private static let budget = 512

  /// The reads of a stretch, with what was read earlier for what it uses; each once, in order.
  func reads(in stretch: Stretch) -> [Output.Read] {
    var found: [Output.Read] = []
    var seen: Set<Output.Read> = []
    var budget = ReadLog.budget
    var open = [stretch]
    while var next = open.popLast(), budget > 0 {
      guard !next.isEmpty, next.upper <= count else { continue }
      budget -= 1
      let entry = entries[Int(next.lower)]
      next.lower += 1
      open.append(next)
      let read: Output.Read
      switch entry {
      case .earlier(let stretch):
        open.append(stretch)
        continue
      case .element(let mark, let key): read = Output.Read(mark: mark, key: key)
      case .whole(let mark): read = Output.Read(mark: mark, key: nil)
      }
      if seen.insert(read).inserted { found.append(read) }
    }
    return found
  }
}

extension [UInt8] {
  /// Whether this is more than one line, or a key with its value.
  fileprivate var isWholeLine: Bool {
    for (index, byte) in enumerated() {
      if byte == UInt8(ascii: "\n") { return true }
      if byte == UInt8(ascii: ":"), index + 1 < count, self[index + 1] == UInt8(ascii: " ") { return true }
    }
    return false
  }
}
