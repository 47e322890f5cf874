/// An expression that can be evaluated.
public struct Program: Sendable {
  let environment: Environment
  let tree: Expression
  /// The type of what it yields; `dyn` for one that was not checked.
  public internal(set) var resultType = StaticType.dyn

  init(environment: Environment, tree: Expression) {
    self.environment = environment
    self.tree = tree
  }

  /// What the expression yields.
  /// - Throws: ``EvaluationError``; one with the code `limit` tells nothing about the value.
  public func evaluate(_ variables: [String: Value] = [:]) throws(EvaluationError) -> Value {
    var evaluator = Evaluator(environment: environment, variables: variables)
    return try evaluator.value(of: tree)
  }
}

extension Program {
  /// What a condition can come to, and why it fails, where it or a part of it does for certain.
  public struct Verdict: Sendable {
    /// All that is possible; everything where evaluation hit a limit.
    public var outcomes: Outcomes
    /// A failure of the whole, or of a part without which it cannot be true.
    public var error: EvaluationError?
  }

  /// What a condition can come to.
  public func verdict(_ variables: [String: Value] = [:]) -> Verdict {
    var evaluator = Evaluator(environment: environment, variables: variables)
    do throws(EvaluationError) {
      let outcome = try evaluator.outcome(of: tree)
      return Verdict(outcomes: outcome.outcomes.asCondition, error: outcome.error)
    } catch {
      return Verdict(outcomes: .all, error: nil)
    }
  }
}
