/// Expands `${name}` and its kin in a text as fluxcd/pkg/envsubst does.
public enum Envsubst {
  /// The longest result, in bytes: an expression can repeat a variable any number of times. Kubernetes takes no object of
  /// this size.
  static let lengthLimit = 4 << 20

  /// What a variable is.
  public enum Value: Sendable, Hashable {
    /// A text.
    case known([UInt8])
    /// Set, but nobody knows to what.
    case unknown
  }

  /// The expanded text and what went into it.
  public struct Result: Sendable {
    /// The text.
    public var bytes: [UInt8] = []
    /// Each `${…}` outside others, in the order of the text.
    public var uses: [Use] = []
    /// Variables without a value where one is needed, in the order of evaluation.
    public var undefined: [Undefined] = []
  }

  /// One `${…}` that was replaced.
  public struct Use: Sendable, Hashable {
    /// The variable.
    public var variable: String
    /// The operator, such as `:=`; empty for a bare variable.
    public var operation: String
    /// Where the expression stood.
    public var source: Range<Int>
    /// Where the result stands.
    public var result: Range<Int>
    /// Whether the result is not known: a placeholder stands for it.
    public var isUnknown: Bool
  }

  /// A variable without a value, used without a default.
  public struct Undefined: Sendable, Hashable {
    /// The variable.
    public var variable: String
    /// Where the expression stands.
    public var source: Range<Int>
  }

  /// Expands `text`. A variable for which `lookup` has nothing counts as empty and is listed as undefined; where
  /// `isStrict`, the first one that is needed is an error.
  /// - Parameter keepsPlaces: whether the same stands for a variable that is undefined as for one whose value is not known.
  /// - Throws: ``EnvsubstError`` where an expression is malformed or cannot be evaluated.
  public static func expand(
    _ text: [UInt8], isStrict: Bool = false, keepsPlaces: Bool = false, _ lookup: (String) -> Value?
  ) throws(EnvsubstError) -> Result {
    let template = try EnvsubstTemplate(text)
    return try withoutActuallyEscaping(lookup) { lookup throws(EnvsubstError) in
      var evaluator = Evaluator(lookup: lookup, isStrict: isStrict, keepsPlaces: keepsPlaces)
      for piece in template.pieces { try evaluator.append(piece) }
      return evaluator.result
    }
  }

  /// One `${…}` as it is written.
  public struct Expression: Sendable, Hashable {
    /// The variable.
    public var variable: String
    /// The operator, such as `:=`; empty for a bare variable.
    public var operation: String
    /// Where it stands.
    public var source: Range<Int>
  }

  /// The variables that expressions in `text` name, with the place of each; nested ones follow what holds them.
  /// - Throws: ``EnvsubstError`` where an expression is malformed.
  public static func expressions(in text: [UInt8]) throws(EnvsubstError) -> [Expression] {
    var found: [Expression] = []
    func visit(_ piece: EnvsubstTemplate.Piece) {
      guard case .expression(let expression) = piece else { return }
      found.append(
        Expression(variable: expression.variable, operation: expression.operation, source: expression.range))
      expression.arguments.forEach(visit)
    }
    try EnvsubstTemplate(text).pieces.forEach(visit)
    return found
  }

  /// Whether expanding can change `text`: whether it holds `${` or `$$`.
  public static func mayChange(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "$") {
      if bytes[index + 1] == UInt8(ascii: "{") || bytes[index + 1] == UInt8(ascii: "$") { return true }
    }
    return false
  }

  /// What stands in a result for a value that is not known.
  static func placeholder(for variable: String) -> [UInt8] { Array("<unknown \(variable)>".utf8) }
}

private struct Evaluator {
  let lookup: (String) -> Envsubst.Value?
  let isStrict: Bool
  let keepsPlaces: Bool
  var result = Envsubst.Result()
  private var steps = 0

  init(lookup: @escaping (String) -> Envsubst.Value?, isStrict: Bool, keepsPlaces: Bool) {
    self.lookup = lookup
    self.isStrict = isStrict
    self.keepsPlaces = keepsPlaces
  }

  mutating func append(_ piece: EnvsubstTemplate.Piece) throws(EnvsubstError) {
    let start = result.bytes.count
    switch piece {
    case .text(let bytes): result.bytes += bytes
    case .expression(let expression):
      let value = try evaluate(expression)
      result.bytes += value ?? Envsubst.placeholder(for: expression.variable)
      result.uses.append(
        Envsubst.Use(
          variable: expression.variable, operation: expression.operation, source: expression.range,
          result: start..<result.bytes.count, isUnknown: value == nil))
    }
    guard result.bytes.count <= Envsubst.lengthLimit else { throw .tooLong(limit: Envsubst.lengthLimit) }
  }

  /// The value of an expression; nil where it is not known. Arguments come first, also those that are not needed.
  private mutating func evaluate(_ expression: EnvsubstTemplate.Expression) throws(EnvsubstError) -> [UInt8]? {
    var arguments: [[UInt8]] = []
    var isKnown = true
    for argument in expression.arguments {
      switch argument {
      case .text(let bytes): arguments.append(bytes)
      case .expression(let inner):
        let value = try evaluate(inner)
        arguments.append(value ?? [])
        if value == nil { isKnown = false }
      }
    }
    var value: [UInt8] = []
    switch lookup(expression.variable) {
    case .known(let bytes): value = bytes
    case .unknown: return nil
    case nil:
      if !expression.givesDefault {
        if isStrict { throw .notSet(variable: expression.variable) }
        result.undefined.append(Envsubst.Undefined(variable: expression.variable, source: expression.range))
        if keepsPlaces { return nil }
      }
    }
    if !isKnown, !(expression.givesDefault && !value.isEmpty) { return nil }
    return try EnvsubstOperation(name: expression.operation, arguments: arguments).apply(to: value, steps: &steps)
  }
}
