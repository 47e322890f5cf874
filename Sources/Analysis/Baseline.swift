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
    /// The file it is in: where the same occurs in several files, those that are known are told by it.
    public var path: String
  }

  /// By path, rule and fingerprint.
  public private(set) var entries: [Entry]
  /// Where the file is looked for and written, from the root of the repository.
  public static let path = ".sluice-baseline.json"
  /// The version of the file's format.
  public static let version = 1
  /// More findings of one kind there are in no repository.
  private static let largestCount = 1_000_000

  /// All findings of a report that count.
  public init(of findings: [Finding]) {
    var counts: [Entry: Int] = [:]
    for finding in findings where finding.suppression == nil {
      let entry = Entry(
        fingerprint: finding.commonFingerprint, count: 0, rule: finding.rule, path: finding.location.file.path)
      counts[entry, default: 0] += 1
    }
    entries = counts.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }.sorted(by: Self.comesFirst)
  }

  /// Reads the file that ``text`` makes.
  /// - Throws: ``BaselineError`` where the file is no baseline.
  public init(reading file: SourceFile) throws(BaselineError) {
    let root: Node?
    do { root = try YAMLReader.readFirst(file)?.root } catch {
      throw BaselineError(message: error.message, location: error.place)
    }
    if let version = root?["version"]?.scalar.flatMap({ Int($0.text) }), version > Self.version {
      let message = "this baseline has version \(version), and this program reads version \(Self.version)"
      throw BaselineError(message: message + ": use a newer one", location: Location(file: file))
    }
    guard let root, root["version"]?.scalar?.text == "\(Self.version)", let items = root["findings"]?.sequence else {
      let message = "this is no baseline; `sluice baseline create --file FILE` writes one"
      throw BaselineError(message: message, location: Location(file: file))
    }
    entries = try items.map { (item) throws(BaselineError) in
      guard let fingerprint = item["fingerprint"]?.scalar?.text,
        let count = item["count"]?.scalar.flatMap({ Int($0.text) }),
        (1...Self.largestCount).contains(count)
      else {
        let message = "an entry needs a fingerprint and a count from 1 to \(Self.largestCount)"
        throw BaselineError(message: message, location: item.origin.location)
      }
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
    return "{\n  \"version\": \(Self.version),\n  \"findings\": \(list)\n}\n"
  }

  /// How many findings it holds.
  public var count: Int { entries.reduce(0) { $0 + $1.count } }

  /// This baseline without what occurs no more, or less often.
  /// - Parameter isJudged: whether a rule has run; what others have found stays.
  public func pruned(to findings: [Finding], isJudged: (String) -> Bool) -> Baseline {
    var present = BaselineCounts(Baseline(of: findings).entries)
    var kept = entries.map { entry in
      isJudged(entry.rule) ? present.takeHere(entry.fingerprint, entry.path, atMost: entry.count) : entry.count
    }
    for (index, entry) in entries.enumerated() where kept[index] < entry.count {
      kept[index] += present.takeAnywhere(entry.fingerprint, atMost: entry.count - kept[index])
    }
    var pruned = self
    pruned.entries = zip(entries, kept).compactMap { entry, count in
      var entry = entry
      entry.count = count
      return count > 0 ? entry : nil
    }
    return pruned
  }

  /// The findings of today, and what rules have found that were not judged.
  public func updated(to findings: [Finding], isJudged: (String) -> Bool) -> Baseline {
    var updated = Baseline(of: findings)
    updated.entries = (updated.entries + entries.filter { !isJudged($0.rule) }).sorted(by: Self.comesFirst)
    return updated
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
