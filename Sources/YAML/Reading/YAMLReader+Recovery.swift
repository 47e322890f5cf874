import Diagnostics

extension YAMLReader {
  /// How many documents of one file are told about.
  private static let recoveryLimit = 20

  /// What else is wrong with a file that cannot be read: in the documents behind the first one that is broken. A line
  /// that starts with `---` begins a document, whatever stands before it.
  public static func furtherErrors(in file: SourceFile, after first: YAMLError) -> [YAMLError] {
    var found: [YAMLError] = []
    var last = first
    while found.count < recoveryLimit, let rest = rest(of: file, after: last.place.span.start.line) {
      do throws(YAMLError) {
        found += try read(rest).flatMap(\.duplicateKeys)
        break
      } catch {
        guard error.place.span.start.line > last.place.span.start.line else { break }
        found.append(error)
        last = error
      }
    }
    return found.map { error in
      // The rest of the file is read under its path, but its content is not the file's.
      YAMLError(
        error.code, at: error.place.moved(to: file), noticed: error.noticed.moved(to: file),
        trace: error.trace.map { RelatedLocation($0.message, at: $0.location.moved(to: file)) })
    }
  }

  /// The file from the first document on that begins below a line, with nothing in the lines before it.
  private static func rest(of file: SourceFile, after line: UInt32) -> SourceFile? {
    let newline = UInt8(ascii: "\n")
    var number: UInt32 = 1
    var start = 0
    for (position, byte) in file.bytes.enumerated() where byte == newline {
      number += 1
      start = position + 1
      if number >= line, file.bytes[start...].starts(with: Array("---".utf8)) {
        let before = [UInt8](repeating: newline, count: Int(number) - 1)
        return SourceFile(path: file.path, bytes: before + file.bytes[start...])
      }
    }
    return nil
  }
}

extension Location {
  fileprivate func moved(to file: SourceFile) -> Location {
    var copy = self
    copy.file = file
    return copy
  }
}
