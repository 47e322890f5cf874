/// How bad a finding is.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Worth knowing.
  case info
  /// Likely to cause trouble.
  case warning
  /// Flux will fail or do damage, or a rule that the team holds to is broken.
  case error

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// From info to error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
