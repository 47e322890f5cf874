/// The rules of `.helmignore`.
struct IgnoreRules {
  private struct Rule {
    var pattern: ShellPattern
    var isNegated = false
    var isForDirectories = false
    var isForNames = false
  }

  private var rules: [Rule] = []

  /// The rules of a file, and Helm's own one: hidden files in `templates/`.
  init(_ text: String) throws(HelmError) {
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : Substring(text)
    for line in body.split(whereSeparator: \.isNewline) { try add(String(line)) }
    try add("templates/.?*")
  }

  private mutating func add(_ line: String) throws(HelmError) {
    var rule = Substring(line)
    while let first = rule.first, first.isWhitespace { rule = rule.dropFirst() }
    while let last = rule.last, last.isWhitespace { rule = rule.dropLast() }
    if rule.isEmpty || rule.hasPrefix("#") { return }
    guard !rule.utf8.elementsEqual("**".utf8), rule.firstRange(of: "**") == nil else {
      throw HelmError(.chart, "double-star (**) syntax is not supported")
    }
    let isNegated = rule.hasPrefix("!")
    if isNegated { rule = rule.dropFirst() }
    let isForDirectories = rule.hasSuffix("/")
    if isForDirectories { rule = rule.dropLast() }
    let isForNames = !rule.contains("/")
    if rule.hasPrefix("/") { rule = rule.dropFirst() }
    guard let pattern = ShellPattern(String(rule)) else { throw HelmError(.chart, "syntax error in pattern") }
    rules.append(
      Rule(pattern: pattern, isNegated: isNegated, isForDirectories: isForDirectories, isForNames: isForNames))
  }

  /// Whether Helm leaves the path out. A negated rule leaves out all that it does not match.
  func ignores(_ path: String, isDirectory: Bool) -> Bool {
    for rule in rules {
      let name = rule.isForNames ? String(path.split(separator: "/").last ?? "") : path
      if rule.isNegated {
        if rule.isForDirectories && !isDirectory { return true }
        if !rule.pattern.matches(name) { return true }
      } else if !rule.isForDirectories || isDirectory, rule.pattern.matches(name) {
        return true
      }
    }
    return false
  }
}
