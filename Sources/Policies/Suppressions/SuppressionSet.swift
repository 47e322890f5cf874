import Diagnostics

/// All suppressions of a repository, ready to be applied to findings.
public struct SuppressionSet: Sendable {
  private var all: [Suppression] = []
  private var known: Set<Suppression> = []
  private var byFile: [String: [(lines: ClosedRange<UInt32>, index: Int)]] = [:]
  private var byObject: [Key: [Int]] = [:]
  private var patterns: [Int] = []
  private var problems: [SuppressionProblem] = []

  /// No suppressions.
  public init() {}

  /// Takes one in; the same one again (a base that several clusters use) changes nothing.
  public mutating func add(_ suppression: Suppression) {
    guard known.insert(suppression).inserted else { return }
    let index = all.count
    all.append(suppression)
    switch suppression.target {
    case .lines(let path, let lines): byFile[path, default: []].append((lines, index))
    case .object(let object, _): byObject[Key(object), default: []].append(index)
    case .matching: patterns.append(index)
    }
  }

  /// Takes in that one cannot be read.
  public mutating func add(_ problem: SuppressionProblem) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Takes in the statements of an annotation: one a line.
  public mutating func add(
    annotation value: String, of object: ObjectReference, in cluster: String, at location: Location
  ) {
    for line in value.split(whereSeparator: \.isNewline) {
      do {
        let statement = try SuppressionSyntax.read(String(line))
        add(
          Suppression(
            rules: statement.rules, reason: statement.reason, until: statement.until,
            target: .object(object, cluster: cluster), location: location))
      } catch {
        add(SuppressionProblem(.malformed(error), at: location, object: object))
      }
    }
  }

  /// Marks the findings that are suppressed under `policy`, and tells what is wrong with the suppressions.
  /// - Parameter mayHaveUse: whether what a suppression is for may be there and could not be found.
  public func apply(
    to findings: [Finding], _ policy: Policy, mayHaveUse: (Suppression) -> Bool = { _ in false }
  ) -> (findings: [Finding], problems: [SuppressionProblem]) {
    var used: Set<Int> = []
    let marked = findings.map { finding in
      let matching = candidates(for: finding).filter { all[$0].rules.contains(finding.rule) }
      used.formUnion(matching)
      let valid = matching.map { all[$0] }.filter { !$0.isExpired(on: policy.today) }
      var finding = finding
      if let general = valid.first(where: { $0.cluster == nil }) {
        finding.suppression = general.mark
      } else if let first = valid.first {
        // An overlay's annotation accepts what is in its own cluster only.
        let left = finding.clusters.filter { name in !valid.contains { $0.cluster == name } }
        if left.isEmpty { finding.suppression = first.mark } else { finding.clusters = left }
      }
      return finding
    }
    // One statement may be meant for several objects: an annotation that a kustomization gives to all of its own.
    let usedStatements = Set(used.map { Statement(all[$0]) })
    return (
      marked,
      problems
        + all.flatMap { suppression in
          let isUsed = usedStatements.contains(Statement(suppression)) || mayHaveUse(suppression)
          return problems(of: suppression, isUsed: isUsed, policy)
        }
    )
  }

  private func candidates(for finding: Finding) -> [Int] {
    let span = finding.location.span
    var found: [Int] = []
    // A finding that spans a whole object is not suppressed by a comment somewhere inside it: its first line decides.
    let comments = byFile[finding.location.file.path] ?? []
    found += comments.filter { $0.lines.contains(span.start.line) }.map(\.index)
    if let object = finding.object {
      found += (byObject[Key(object)] ?? []).filter { finding.clusters.contains(all[$0].cluster ?? "") }
    }
    return found + patterns.filter { all[$0].fits(finding) }
  }

  private func problems(of suppression: Suppression, isUsed: Bool, _ policy: Policy) -> [SuppressionProblem] {
    if suppression.isPossiblyText, !isUsed { return [] }
    let ids = policy.signatures.map(\.id)
    let object: ObjectReference? = if case .object(let object, _) = suppression.target { object } else { nil }
    let unknown = suppression.rules.filter { !ids.contains($0) }.map {
      SuppressionProblem(
        .unknownRule($0, suggestion: Suggestion.nearest(to: $0, among: ids)), at: suppression.location, object: object)
    }
    if !unknown.isEmpty { return unknown }
    if let until = suppression.until, suppression.isExpired(on: policy.today) {
      let code = SuppressionProblem.Code.expired(rules: suppression.rules, until: until, reason: suppression.reason)
      return [SuppressionProblem(code, at: suppression.location, object: object)]
    }
    // What a rule that does not run would find is not known.
    guard !isUsed, policy.isWhole, suppression.rules.allSatisfy(policy.selection.isOn) else { return [] }
    return [SuppressionProblem(.unused(rules: suppression.rules), at: suppression.location, object: object)]
  }

  private struct Statement: Hashable {
    var location: Location
    var rules: [String]

    init(_ suppression: Suppression) {
      (location, rules) = (suppression.location, suppression.rules)
    }
  }

  private struct Key: Hashable {
    var group: Substring
    var kind: String
    var namespace: String
    var name: String

    init(_ object: ObjectReference) {
      let slash = object.apiVersion.firstIndex(of: "/")
      group = slash.map { object.apiVersion[..<$0] } ?? ""
      (kind, namespace, name) = (object.kind, object.namespace, object.name)
    }
  }
}

extension Suppression {
  /// The cluster that it is for; nil for all.
  fileprivate var cluster: String? {
    if case .object(_, let cluster) = target { cluster } else { nil }
  }

  fileprivate func fits(_ finding: Finding) -> Bool {
    guard case .matching(let object, let path) = target else { return false }
    if let object {
      guard let found = finding.object, object.matches(found.description) else { return false }
    }
    return path?.matches(finding.location.file.path) ?? true
  }
}
