import Diagnostics

/// What went wrong in a template, with the includes that led there.
public struct TemplateError: PlacedError {
  /// The kind of failure.
  public enum Code: Sendable, Hashable {
    /// The text is no template.
    case syntax
    /// An action failed.
    case execution
    /// A chart's own `fail` or `required` stopped it.
    case failed
    /// The evaluation took more than it may: steps, depth, output.
    case limit
  }

  /// One template on the way to the failure.
  struct Frame: Sendable {
    /// All that Go prints in front of the reason: place, template, node, the function that failed.
    var head: String
    /// What a function put in front of the error of a template it ran; the end of `head`.
    var wrapper = ""
    var location: Location?
    var template: String
  }

  private final class Details: Sendable {
    let code: Code
    let reason: String
    let frames: [Frame]
    /// Whether a function gave the reason, and not the evaluation itself.
    let isFromFunction: Bool

    init(_ code: Code, _ reason: String, _ frames: [Frame], isFromFunction: Bool) {
      self.code = code
      self.reason = reason
      self.frames = frames
      self.isFromFunction = isFromFunction
    }
  }

  private let details: Details

  init(_ code: Code, reason: String, innermostFirst frames: [Frame], isFromFunction: Bool = false) {
    details = Details(code, reason, frames, isFromFunction: isFromFunction)
  }

  init(parsing source: TemplateSource, line: Int, message: String, isLimit: Bool = false) {
    let place = source.file.map { file in
      let start = SourcePosition(line: UInt32(clamping: max(line, 1)), column: 1)
      return Location(file: file, span: SourceSpan(start: start, end: start))
    }
    let frame = Frame(head: "template: \(source.name):\(line): ", location: place, template: source.name)
    self.init(isLimit ? .limit : .syntax, reason: message, innermostFirst: [frame])
  }

  func adding(_ frame: Frame) -> TemplateError {
    TemplateError(
      details.code, reason: details.reason, innermostFirst: details.frames + [frame],
      isFromFunction: details.isFromFunction)
  }

  /// The kind of failure.
  public var code: Code { details.code }
  /// The reason alone, without the places.
  public var message: String { details.reason }
  /// The whole as Go's template package words it.
  public var text: String {
    details.frames.reversed().map(\.head).joined() + details.reason
  }
  /// The text as a whole, then without its outermost template, and so on: what Go's error unwraps to. What a function
  /// said is the last of them.
  public var chain: [String] {
    var texts = details.isFromFunction ? [details.reason] : []
    var tail = details.reason
    for frame in details.frames {
      if !frame.wrapper.isEmpty { texts.insert(frame.wrapper + tail, at: 0) }
      tail = frame.head + tail
      texts.insert(tail, at: 0)
    }
    return texts
  }

  /// The innermost place that is in a file.
  public var location: Location? { details.frames.lazy.compactMap(\.location).first }
  /// The templates that led there, outermost last.
  public var trace: [RelatedLocation] {
    let places = details.frames.compactMap { frame in frame.location.map { ($0, frame.template) } }
    return places.dropFirst().map { RelatedLocation("called by template \($0.1)", at: $0.0) }
  }
}

/// Why a function gives no value.
public enum FunctionError: Error {
  /// What is wrong, as the Go function words it.
  case message(String)
  /// What a template called `fail` or `required` with.
  case failed(String)
  /// A limit of the evaluation was reached.
  case limit(String)
  /// A template that the function ran failed; `prefix` is what the function says in front of that.
  case template(TemplateError, prefix: String = "")
}
