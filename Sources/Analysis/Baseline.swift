import Diagnostics
import YAML

/// The findings that a repository lives with for now: what a check leaves out when it is given.
///
/// Findings are told by their fingerprints, which hold no line numbers, and by how often each occurs.
public struct Baseline: Sendable, Hashable {
  /// One kind of finding and how often it occurs.
  public struct Entry: Sendable, Hashable {
    /// What tells it apart.
    public var fingerprint: String
    /// How often it occurs.
    public var count: Int
    /// The rule, for people who read the file.
    public var rule: String
    /// The file it is in, for people who read the file.
    public var path: String
  }

  /// By path, rule and fingerprint.
  public private(set) var entries: [Entry]
  /// Where the file is looked for and written, from the root of the repository.
  public static let path = ".sluice-baseline.json"

  /// All findings of a report that count.
  public init(of findings: [Finding]) {
    var counts: [String: Entry] = [:]
    for finding in findings where finding.suppression == nil {
      counts[
        finding.fingerprint,
        default: Entry(
          fingerprint: finding.fingerprint, count: 0, rule: finding.rule, path: finding.location.file.path)
      ].count += 1
    }
    entries = counts.values.sorted(by: Self.comesFirst)
  }

  /// Reads the file that ``text`` makes.
  /// - Throws: ``BaselineError`` where the file is no baseline.
  public init(reading file: SourceFile) throws(BaselineError) {
    let root: Node?
    do { root = try YAMLReader.readFirst(file)?.root } catch {
      throw BaselineError(message: error.message, location: error.place)
    }
    guard let root, root["version"]?.scalar?.text == "1", let items = root["findings"]?.sequence else {
      throw BaselineError(
        message: "this is no baseline of version 1; `sluice baseline create` writes one", location: Location(file: file)
      )
    }
    entries = try items.map { (item) throws(BaselineError) in
      guard let fingerprint = item["fingerprint"]?.scalar?.text,
        let count = item["count"]?.scalar.flatMap({ Int($0.text) }),
        count > 0
      else { throw BaselineError(message: "an entry needs a fingerprint and a count", location: item.origin.location) }
      return Entry(
        fingerprint: fingerprint, count: count, rule: item["rule"]?.scalar?.text ?? "",
        path: item["path"]?.scalar?.text ?? "")
    }
  }

  /// The file, as JSON with a line for each entry.
  public var text: String {
    let lines = entries.map { entry in
      "    {\"path\": \(quoted(entry.path)), \"rule\": \(quoted(entry.rule)), "
        + "\"fingerprint\": \(quoted(entry.fingerprint)), \"count\": \(entry.count)}"
    }
    let list = lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
    return "{\n  \"version\": 1,\n  \"findings\": \(list)\n}\n"
  }

  /// How often each fingerprint is known.
  public var counts: [String: Int] {
    Dictionary(entries.map { ($0.fingerprint, $0.count) }, uniquingKeysWith: +)
  }

  /// This baseline without what occurs no more, or less often.
  public func pruned(to findings: [Finding]) -> Baseline {
    let present = Baseline(of: findings).counts
    var pruned = self
    pruned.entries = entries.compactMap { entry in
      var entry = entry
      entry.count = min(entry.count, present[entry.fingerprint] ?? 0)
      return entry.count > 0 ? entry : nil
    }
    return pruned
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONString.append(text, to: &bytes, escapesHTML: false)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func comesFirst(_ left: Entry, _ right: Entry) -> Bool {
    (left.path, left.rule, left.fingerprint) < (right.path, right.rule, right.fingerprint)
  }
}

/// Why a file is no baseline.
public struct BaselineError: PlacedError, Hashable {
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// Where.
  public var location: Location?
  /// Nothing led there.
  public var trace: [RelatedLocation] { [] }
}
