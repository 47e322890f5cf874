/// What cel-go's validators say of an expression whose types are right: the elements of a list literal are of one type, the
/// keys and the values of a map literal too, and a literal text fits what `format` is to fill in.
struct LiteralCheck {
  /// A member of a literal: its type, and where it stands.
  typealias Member = (type: StaticType, range: Range<Int>)

  /// Members of a literal that must be of one type.
  private var groups: [[Member]] = []
  /// Texts with what is filled in.
  private var formats: [(text: String, arguments: [Member], range: Range<Int>)] = []
  /// The members of the literal that was seen last.
  private var latest: [Member] = []
  /// How many calls of `format` are around: what they are given may be of any types.
  var formatDepth = 0

  mutating func add(_ members: [Member]) {
    latest = members
    if formatDepth == 0, members.count > 1 { groups.append(members) }
  }

  /// A text that is filled in with the members of the literal that was seen last.
  mutating func add(format text: String, at range: Range<Int>) {
    formats.append((text, latest, range))
  }

  /// What is wrong, with its place.
  func problems(_ unifier: Unifier) -> [(message: String, range: Range<Int>)] {
    let mixed = groups.compactMap { group -> (message: String, range: Range<Int>)? in
      let types = group.map { unifier.resolved($0.type, isFinal: true) }
      guard let other = types.firstIndex(where: { $0 != types[0] }) else { return nil }
      return ("expected type '\(types[0])' but found '\(types[other])'", group[other].range)
    }
    return mixed + formats.compactMap { Self.problem($0.text, $0.arguments, at: $0.range, unifier) }
  }

  private static func problem(
    _ text: String, _ arguments: [Member], at range: Range<Int>, _ unifier: Unifier
  ) -> (message: String, range: Range<Int>)? {
    let clauses: [TextFormat.Clause]
    do throws(EvaluationError) {
      clauses = try TextFormat.pieces(of: text).compactMap { if case .clause(let clause) = $0 { clause } else { nil } }
    } catch {
      return (error.message, range)
    }
    for (index, clause) in clauses.enumerated() {
      guard index < arguments.count else { return ("index \(index) out of range", range) }
      let type = unifier.resolved(arguments[index].type, isFinal: true)
      if !clause.accepts(type) { return ("\(clause.complaint), was given \(type)", arguments[index].range) }
    }
    guard arguments.count > clauses.count else { return nil }
    let counts = "(expected \(clauses.count), got \(arguments.count))"
    return ("too many arguments supplied to string.format \(counts)", range)
  }
}
