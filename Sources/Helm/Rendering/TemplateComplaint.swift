import GoTemplate

/// Errors of templates in Helm's words.
package enum TemplateComplaint {
  /// The error of an engine's run.
  package static func error(_ failure: Engine.Failure) -> HelmError {
    switch failure {
    case .parsing(let error, let path): parsing(error, path)
    case .executing(let error): executing(error)
    }
  }

  private static func parsing(_ error: TemplateError, _ path: String) -> HelmError {
    let parts = error.text.split(separator: ": ")
    let text: String
    if parts.count < 2 {
      text = "parse error in (\(path)): \(error.text)"
    } else {
      text = "parse error at (\(parts[1])): \(parts[parts.count - 1])"
    }
    return HelmError(
      .template(error.code), text, message: error.message, at: error.location, trace: error.trace)
  }

  private static func executing(_ error: TemplateError) -> HelmError {
    HelmError(
      .template(error.code), text(error), message: error.message, at: error.location, trace: error.trace)
  }

  private static func text(_ error: TemplateError) -> String {
    if error.code == .failed {
      let place = error.text.split(separator: ": ", maxSplits: 2, omittingEmptySubsequences: false)
      return "execution error at (\(place.count > 1 ? place[1] : "")): \(error.message)"
    }
    var lines: [String] = []
    var last: [String] = []
    for chained in error.chain {
      guard let part = traced(chained) else { return error.text }
      // Two errors in a row may read the same.
      if part != last { lines += part }
      last = part
    }
    return trimmed(lines.joined())
  }

  /// Helm takes an error of Go's templates apart by its text and shows place, node and message on lines of their own.
  private static func traced(_ text: String) -> [String]? {
    guard text.hasPrefix("template: ") else { return nil }
    let rest = text.dropFirst("template: ".count)
    if rest.hasPrefix("no template ") { return ["\(text)\n"] }
    if let executing = rest.firstRange(of: ": executing ") {
      let after = rest[executing.upperBound...]
      guard after.first == "\"", let end = after.dropFirst().firstIndex(of: "\"") else { return nil }
      let name = after[after.index(after: after.startIndex)..<end]
      let behind = after[after.index(after: end)...]
      guard behind.hasPrefix(" at <"), let close = behind.firstRange(of: ">: ") else { return nil }
      let node = behind[behind.index(behind.startIndex, offsetBy: 5)..<close.lowerBound]
      let message = withoutNext(behind[close.upperBound...])
      return [
        "\(rest[..<executing.lowerBound])\n  ", "executing \"\(name)\" at <\(node)>:\n    ", "\(message)\n",
      ]
    }
    var cut: Substring.Index?
    var search = rest.startIndex
    while let found = rest[search...].firstRange(of: ": ") {
      cut = found.lowerBound
      search = rest.index(after: found.lowerBound)
    }
    guard let cut else { return nil }
    let message = withoutNext(rest[rest.index(cut, offsetBy: 2)...])
    return ["\(rest[..<cut])\n  ", "\(message)\n"]
  }

  private static func withoutNext(_ message: Substring) -> Substring {
    message.firstRange(of: " template:").map { message[..<$0.lowerBound] } ?? message
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    return String(rest)
  }
}
