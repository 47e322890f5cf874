import Diagnostics

/// The variables of post-build substitution.
public struct SubstitutionVariables: Sendable {
  /// One variable.
  public struct Variable: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value; nil where it is known to be set but not to what, as with an encrypted Secret.
    public var value: String?
    /// Where it is defined.
    public var origin: Origin

    /// A variable with the place of its definition.
    public init(name: String, value: String?, origin: Origin) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  private let byName: [String: Variable]
  /// Whether there may be others: nothing can then be said of a name that is not here.
  public let mayHoldMore: Bool

  /// Variables in the order they are read: a later one replaces an earlier one of its name.
  /// Line feeds in values are removed, as Flux does.
  public init(_ variables: [Variable] = [], mayHoldMore: Bool = false) {
    var byName: [String: Variable] = [:]
    for variable in variables {
      var cleaned = variable
      if let value = variable.value, value.utf8.contains(UInt8(ascii: "\n")) {
        cleaned.value = String(decoding: value.utf8.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      }
      byName[variable.name] = cleaned
    }
    self.byName = byName
    self.mayHoldMore = mayHoldMore
  }

  /// Whether there are none for certain.
  public var isEmpty: Bool { byName.isEmpty && !mayHoldMore }

  /// The variable of that name.
  public subscript(name: String) -> Variable? { byName[name] }

  /// The first variable, by name, whose name Flux does not take; it fails the build of every object.
  var badlyNamed: Variable? {
    byName.values.filter { !Self.isName($0.name) }.min { $0.name < $1.name }
  }

  /// Whether Flux takes it as the name of a variable: a letter or `_`, then letters, digits, `_`, all ASCII.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
    return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  func lookup(_ name: String) -> Envsubst.Value? {
    if let variable = byName[name] { return variable.value.map { .known(Array($0.utf8)) } ?? .unknown }
    return mayHoldMore ? .unknown : nil
  }
}
