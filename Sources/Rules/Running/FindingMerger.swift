import Diagnostics

/// Makes one finding of each root cause: the same fact that a rule has found at the same place is said once, with the
/// names of all clusters it holds for. How far it reaches is told for the first of them.
struct FindingMerger {
  private struct Key: Hashable {
    var rule: String
    var location: Location
    var fact: String
    var object: ObjectReference?
  }

  private var merged: [(finding: Finding, field: String, cause: String?)] = []
  private var positions: [Key: Int] = [:]

  mutating func add(_ settled: SettledDraft, of rule: Rule, in cluster: String?) {
    let draft = settled.draft
    let clusters = draft.clusters + [cluster].compactMap { $0 }
    let key = Key(rule: rule.id, location: draft.location, fact: draft.message.fact, object: draft.object)
    if let position = positions[key] {
      // Elsewhere the same story is told again; in the same cluster it is another part of it.
      if clusters.contains(where: merged[position].finding.clusters.contains) {
        merged[position].finding.add(draft.related)
      }
      merged[position].finding.clusters += clusters
      merged[position].finding.severity = max(merged[position].finding.severity, settled.severity)
      return
    }
    positions[key] = merged.count
    var finding = Finding(
      rule: rule.id, severity: settled.severity, message: draft.message.text, help: draft.message.help ?? rule.remedy,
      location: draft.location, related: [], object: draft.object, clusters: clusters,
      // A report shows the lines it points at: those of a Secret hold secret values.
      isSensitive: draft.object?.kind == "Secret")
    finding.add(draft.related)
    merged.append((finding, draft.field, draft.cause))
  }

  /// The findings, sorted, each with a fingerprint of its own.
  var findings: [Finding] {
    var copies: [String: Int] = [:]
    let ordered = merged.sorted { Finding.comesFirst($0.finding, $1.finding) }
    return ordered.map { entry in
      var finding = entry.finding
      finding.clusters = Set(finding.clusters).sorted()
      let print = fingerprint(entry, copy: 0)
      let copy = copies[print, default: 0]
      copies[print] = copy + 1
      finding.commonFingerprint = print
      finding.fingerprint = copy == 0 ? print : fingerprint(entry, copy: copy)
      return finding
    }
  }

  private func fingerprint(_ entry: (finding: Finding, field: String, cause: String?), copy: Int) -> String {
    let finding = entry.finding
    if let cause = entry.cause { return Fingerprint.of(rule: finding.rule, cause: cause, copy: copy) }
    return Fingerprint.of(
      rule: finding.rule, object: finding.object, field: entry.field, path: finding.location.file.path, copy: copy)
  }
}

extension Finding {
  /// Adds places that are not told yet; that of the finding itself is.
  fileprivate mutating func add(_ places: [RelatedLocation]) {
    for place in places where place.location != location && !related.contains(place) { related.append(place) }
  }
}
