import Diagnostics
import YAML

/// What becomes of a place before anything below it is looked at.
enum MergeRules {
  /// A patch is merged into a target.
  case patch
  /// An update of the original is merged into a local copy.
  case threeWay

  /// What to go on with; nil clears the place.
  func mapping(_ sources: MergeSources) throws(KustomizeError) -> MergeSources? {
    switch self {
    case .patch: try patchedMapping(sources)
    case .threeWay: updatedMapping(sources)
    }
  }

  /// What stays at the place of a scalar.
  func scalar(_ sources: MergeSources) -> Node? {
    switch self {
    case .patch:
      guard let patch = sources.patch else { return sources.target }
      return sources.target.map { $0.hasSameContent(as: patch) ? $0 : patch } ?? patch
    case .threeWay:
      return updatedValue(sources)
    }
  }

  /// What stays at the place of a list that is not merged.
  func list(_ sources: MergeSources) -> Node? {
    switch self {
    case .patch: sources.patch ?? sources.target
    case .threeWay: updatedValue(sources)
    }
  }

  /// What to go on with at the place of a list that is merged; nil clears it.
  func mergedList(_ sources: MergeSources) throws(KustomizeError) -> MergeSources? {
    switch self {
    case .patch:
      guard sources.target.isPresent else { return sources.patch.map { .same($0) } }
      guard let patch = sources.patch else { return sources }
      if patch.isNull { return nil }
      return try directed(patch, sources)
    case .threeWay:
      if sources.patch.isPresent, !sources.update.isPresent { return nil }
      if sources.target.isPresent { return sources }
      let origin = sources.leading?.origin ?? .synthetic("<merge>")
      return sources.withTarget(Node(.sequence([]), origin: origin))
    }
  }

  // MARK: Two values

  private func patchedMapping(_ sources: MergeSources) throws(KustomizeError) -> MergeSources? {
    guard let patch = sources.patch else { return sources.target.isPresent ? sources : nil }
    guard sources.target.isPresent else {
      // What is new may hold an unknown directive: kyaml reads it without complaint, and it stays.
      guard let (directive, rest) = try? PatchDirective.take(from: patch) else { return .same(patch) }
      return directive == .delete ? nil : .same(rest)
    }
    if patch.isNull { return nil }
    return try directed(patch, sources)
  }

  private func directed(_ patch: Node, _ sources: MergeSources) throws(KustomizeError) -> MergeSources? {
    let (directive, rest) = try PatchDirective.take(from: patch)
    switch directive {
    case .delete: return nil
    case .replace: return .same(rest)
    case .merge:
      if sources.isSame { return .same(rest) }
      return MergeSources([sources.target, rest])
    }
  }

  // MARK: Three values

  private func updatedMapping(_ sources: MergeSources) -> MergeSources? {
    if sources.update?.isNull == true || sources.target?.isNull == true { return nil }
    if sources.target != nil { return sources }
    guard let update = sources.update else { return nil }
    return sources.withTarget(Node(.mapping(Mapping()), origin: update.origin))
  }

  private func updatedValue(_ sources: MergeSources) -> Node? {
    if sources.update?.isNull == true || sources.target?.isNull == true { return nil }
    guard let update = sources.update, let original = sources.patch, !original.isNull else {
      // Added or removed by the update; or the local copy's own.
      return sources.update.isPresent != sources.patch.isPresent ? sources.update : sources.target
    }
    return update.hasSameContent(as: original) ? sources.target : update
  }
}

extension Node {
  /// Whether both mean the same, whatever their style and origin.
  func hasSameContent(as other: Node) -> Bool {
    switch (value, other.value) {
    case (.scalar(let one), .scalar(let two)):
      return one.text == two.text && one.resolved == two.resolved
    case (.sequence(let one), .sequence(let two)):
      return one.count == two.count && zip(one, two).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let one), .mapping(let two)):
      return one.count == two.count
        && one.entries.allSatisfy { entry in two[entry.key.text].map(entry.value.hasSameContent) ?? false }
    default:
      return false
    }
  }
}
