/// The exit statuses, the same for every command and format.
enum ExitStatus: Int32 {
  /// Nothing at the `--fail-on` level.
  case clean = 0
  /// Findings at the `--fail-on` level.
  case findings = 1
  /// Wrong usage, or a configuration that does not hold.
  case usage = 2
  /// Nothing could be analysed: no cluster was found, or there are gaps under `--strict`.
  case notAnalysed = 3
}

/// A mistake of the user's, with what to do about it.
struct UsageFailure: Error {
  var message: String
}
