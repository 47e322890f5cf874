/// What one chart may hold, with all archives in it: archives in archives and links to folders can make much of little.
struct LoadBudget {
  /// Files, and folders on the way to them.
  static let mostFiles = 100_000
  /// Bytes of files and of their names.
  static let mostBytes = 256 << 20

  private var files = LoadBudget.mostFiles
  private var bytes = LoadBudget.mostBytes

  mutating func take(files count: Int = 0, bytes size: Int = 0) throws(HelmError) {
    files -= count
    bytes -= size
    guard files >= 0 else { throw HelmError(.chart, "chart has more than \(LoadBudget.mostFiles) files") }
    guard bytes >= 0 else { throw HelmError(.chart, "chart is larger than \(LoadBudget.mostBytes) bytes") }
  }
}
