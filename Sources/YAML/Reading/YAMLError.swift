import Diagnostics

/// Why a text is not read as YAML.
public struct YAMLError: PlacedError, Hashable {
  /// What is wrong.
  public enum Code: Sendable, Hashable {
    /// It breaks YAML's grammar; libyaml's own words.
    case syntax(String)
    /// It is not UTF-8 (or UTF-16 with a byte order mark), or holds a control character.
    case encoding(String)
    /// A key stands twice in one mapping.
    case duplicateKey(String)
    /// A key that is a list or a mapping.
    case complexKey
    /// An alias to an anchor that is not there.
    case unknownAnchor(String)
    /// An anchor that holds an alias to itself.
    case recursiveAnchor(String)
    /// A merge key whose value is neither a mapping nor a list of mappings.
    case badMerge
    /// A scalar that does not fit its explicit tag.
    case tagMismatch(String, tag: Scalar.Tag)
    /// A key that is a number, a boolean, a null or a date, where JSON must hold it.
    case nonStringKey(String)
    /// A number that JSON cannot hold.
    case notInJSON(String)
    /// A place that an edit cannot change without touching more than it; why.
    case notEditable(String)
    /// Nested deeper than the limit.
    case tooDeep(limit: Int)
    /// Larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// Aliases make it larger than the limit, in nodes.
    case tooManyAliases(limit: Int)
  }

  /// What is wrong.
  public var code: Code
  /// Where: what somebody has to correct.
  public var place: Location
  /// Where the reader found it out, which can be lines below; go-yaml names the line of that.
  public var noticed: Location
  /// Other places that explain it, such as the first of two equal keys.
  public var trace: [RelatedLocation]

  /// An error at a place, found out there unless `noticed` says otherwise.
  public init(_ code: Code, at place: Location, noticed: Location? = nil, trace: [RelatedLocation] = []) {
    self.code = code
    self.place = place
    self.noticed = noticed ?? place
    self.trace = trace
  }

  /// Where.
  public var location: Location? { place }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .syntax(let text): text
    case .encoding(let text): text
    case .duplicateKey(let key): "key '\(key)' stands twice in this mapping"
    case .complexKey: "a mapping key must be a scalar"
    case .unknownAnchor(let name): "alias '*\(name)' names an anchor that is not defined before it"
    case .recursiveAnchor(let name): "anchor '&\(name)' contains itself"
    case .badMerge: "a merge key '<<' needs a mapping or a list of mappings"
    case .tagMismatch(let text, let tag): "'\(text)' does not fit its tag !!\(tag)"
    case .nonStringKey(let key): "key '\(key)' is not a string; quote it"
    case .notInJSON(let value): "the number \(value) cannot be written as JSON"
    case .notEditable(let reason): "this cannot be edited in place: \(reason)"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .tooLarge(let limit): "the file is larger than \(limit) bytes"
    case .tooManyAliases(let limit): "aliases expand to more than \(limit) values"
    }
  }
}
