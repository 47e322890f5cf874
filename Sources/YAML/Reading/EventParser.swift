import CLibYAML
import Diagnostics

/// libyaml's event parser over a buffer that outlives it.
@safe
struct EventParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let file: SourceFile
  /// Where the last event began and ended, if it was a text in quotes.
  private var lastQuote: SourceSpan?

  /// A parser over `buffer`, whose content is that of `file`.
  init(over buffer: UnsafeBufferPointer<UInt8>, of file: SourceFile) {
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    self.file = file
    unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe event.deallocate()
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// The next event, which is there until the one after it is asked for.
  mutating func next() throws(YAMLError) -> UnsafePointer<yaml_event_t> {
    unsafe yaml_event_delete(event)
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw unsafe failure(parser.pointee) }
    noteQuotes()
    return unsafe UnsafePointer(event)
  }

  private func failure(_ state: yaml_parser_t) -> YAMLError {
    let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? "unreadable"
    if unsafe state.error == YAML_READER_ERROR {
      // The reader knows a byte offset only, and its mark lags behind.
      let place = unsafe Location(file: file, span: file.spanOfByte(at: Int(state.problem_offset)))
      return YAMLError(.encoding(problem), at: place)
    }
    var lines = LineIndex(file)
    // At the end of a file without a last line break libyaml is already in the line below.
    let mark = lines.position(of: lines.offset(of: unsafe SourcePosition(state.problem_mark)))
    let place = Location(file: file, span: SourceSpan(start: mark, end: mark))
    if problem.hasSuffix("<document start>") || problem.hasSuffix("%YAML directive"),
      let version = VersionDirective.incompatible(in: file, upTo: mark.line)
    {
      return version
    }
    guard let context = unsafe state.context.map({ unsafe String(cString: $0) }) else {
      return YAMLError(.syntax(problem), at: place)
    }
    let start = unsafe SourcePosition(state.context_mark)
    let begun = Location(file: file, span: SourceSpan(start: start, end: start))
    // A bracket or quote that nobody closes is found out lines below. What stands there is fine.
    if start.line < mark.line, ["a flow", "a quoted scalar"].contains(where: context.contains) {
      return YAMLError(
        .syntax("\(problem) \(context)"), at: begun, noticed: place,
        trace: [RelatedLocation("not closed before this", at: place)])
    }
    if let quote = lastQuote, quote.end == mark, quote.start.line < mark.line {
      let opened = Location(file: file, span: SourceSpan(start: quote.start, end: quote.start))
      return YAMLError(
        .syntax("\(problem) \(context)"), at: opened, noticed: place,
        trace: [RelatedLocation("the quotes opened there are closed here, before something else", at: place)])
    }
    return YAMLError(
      .syntax("\(problem) \(context)"), at: place,
      trace: begun == place ? [] : [RelatedLocation("begun here", at: begun)])
  }

  /// Remembers where a text in quotes begins and ends.
  private mutating func noteQuotes() {
    lastQuote = nil
    guard unsafe event.pointee.type == YAML_SCALAR_EVENT else { return }
    switch unsafe event.pointee.data.scalar.style {
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE, YAML_SINGLE_QUOTED_SCALAR_STYLE:
      let (start, end) = unsafe (event.pointee.start_mark, event.pointee.end_mark)
      lastQuote = SourceSpan(start: SourcePosition(start), end: SourcePosition(end))
    default: break
    }
  }
}

extension SourcePosition {
  /// libyaml counts lines and columns from 0.
  init(_ mark: yaml_mark_t) {
    self.init(line: UInt32(truncatingIfNeeded: mark.line) + 1, column: UInt32(truncatingIfNeeded: mark.column) + 1)
  }
}

extension SourceFile {
  /// The place of one byte, for errors that know nothing better.
  func spanOfByte(at offset: Int) -> SourceSpan {
    var (line, column): (UInt32, UInt32) = (1, 1)
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    let position = SourcePosition(line: line, column: column)
    return SourceSpan(start: position, end: SourcePosition(line: line, column: column + 1))
  }
}
