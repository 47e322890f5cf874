import Diagnostics

/// A selector of labels as a text: `app=web,tier in (front, back),!canary`.
public struct LabelSelector: Sendable, Hashable {
  /// What a label must be.
  public struct Requirement: Sendable, Hashable {
    /// How the label is compared.
    public enum Operator: String, Sendable, Hashable {
      /// Is there.
      case exists
      /// Is not there.
      case doesNotExist
      /// Has one of the values.
      case isIn
      /// Has none of the values, or is not there.
      case isNotIn
      /// Is a whole number above the value.
      case greater
      /// Is a whole number below the value.
      case less
    }

    /// The label.
    public var key: String
    /// How it is compared.
    public var comparison: Operator
    /// With what.
    public var values: [String]

    /// Whether `labels` are as required.
    public func matches(_ labels: [String: String]) -> Bool {
      let value = labels[key]
      switch comparison {
      case .exists: return value != nil
      case .doesNotExist: return value == nil
      case .isIn: return value.map(values.contains) ?? false
      case .isNotIn: return value.map { !values.contains($0) } ?? true
      case .greater, .less:
        guard let number = value.flatMap({ Int64($0) }), let limit = values.first.flatMap({ Int64($0) }) else {
          return false
        }
        return comparison == .greater ? number > limit : number < limit
      }
    }
  }

  /// All must hold.
  public var requirements: [Requirement]

  /// The selector that asks nothing.
  public static let everything = LabelSelector(requirements: [])

  private init(requirements: [Requirement]) {
    self.requirements = requirements
  }

  /// Understands `text`, in Kubernetes' grammar.
  public init(_ text: String) throws(LabelSelectorError) {
    guard !text.isEmpty else {
      requirements = []
      return
    }
    var parser = LabelSelectorParser(text)
    requirements = try parser.parse()
  }

  /// Whether `labels` are selected.
  public func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { $0.matches(labels) }
  }
}

/// Why a text is no selector of labels.
public struct LabelSelectorError: PlacedError, Hashable {
  /// What is wrong, in Kubernetes' words.
  public var message: String
  /// Where the selector was written; nil as long as nobody has said so.
  public var location: Location?
  /// Nothing further led there.
  public var trace: [RelatedLocation] { [] }

  /// An error with its text.
  public init(_ message: String, at location: Location? = nil) {
    self.message = message
    self.location = location
  }
}
