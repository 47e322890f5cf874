import Diagnostics

/// One way in which a value breaks a schema.
public struct Violation: Sendable {
  /// What the keyword does with its causes in a report.
  enum Role: Sendable {
    /// A keyword that a value breaks.
    case keyword
    /// Several violations of one schema.
    case group
    /// A `$ref`: it stays out of the way when what it refers to breaks one keyword.
    case reference
  }

  /// The keyword that is broken; empty for the schema `false` and for what no keyword says.
  public var keyword: String
  /// The schema's document and the JSON pointer to the keyword in it: `file:///values.schema.json#/properties/a/type`.
  public var keywordLocation: String
  /// The JSON pointer to the value; empty for the whole.
  public var instancePath: String
  /// Where the value (or the key, when the key is wrong) was written.
  public var origin: Origin
  /// What is wrong, such as `got string, want number`.
  public var message: String
  /// The keys that should not be there, where that is what is wrong.
  public var surplus: [String] = []
  /// What led to it: the violations of the alternatives, or of the referenced schema.
  public var causes: [Violation]
  var role: Role

  init(
    keyword: String, keywordLocation: String, instancePath: String, origin: Origin, message: String,
    causes: [Violation] = [], role: Role = .keyword
  ) {
    self.keyword = keyword
    self.keywordLocation = keywordLocation
    self.instancePath = instancePath
    self.origin = origin
    self.message = message
    self.causes = causes
    self.role = role
  }

  /// `at '/a': got string, want number`.
  public var line: String { "at \(GoQuote.single(instancePath)): \(message)" }

  /// The violations without causes of their own: those that say something about a single value.
  public var leaves: [Violation] {
    causes.isEmpty ? [self] : causes.flatMap(\.leaves)
  }

  fileprivate func append(to lines: inout [String], indentation: String) {
    let isShown = role != .reference || causes.count != 1
    if isShown { lines.append("\(indentation)- \(line)") }
    for cause in causes { cause.append(to: &lines, indentation: isShown ? indentation + "  " : indentation) }
  }
}

extension [Violation] {
  /// The violations as Helm 4 prints them below the name of the chart: a line each, causes indented, no line end at the end.
  public var report: String {
    var lines: [String] = []
    for violation in self { violation.append(to: &lines, indentation: "") }
    return lines.joined(separator: "\n")
  }
}
