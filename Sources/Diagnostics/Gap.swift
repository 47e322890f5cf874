/// Something that could not be analysed. Never an error by itself, and never a pass: it is counted and listed.
public struct Gap: Sendable, Hashable {
  /// The kebab-case id of its kind, such as `chart-unavailable`, `source-external`, `values-encrypted`.
  public var kind: String
  /// What could not be analysed and why, with the names. No full stop.
  public var message: String
  /// What would close it, such as mapping a source to a local folder; empty where nothing would.
  public var help: String
  /// The place that asks for what is missing.
  public var location: Location?
  /// The render trace and other places that tell the story, in the order of reading.
  public var related: [RelatedLocation]
  /// The object that stays unanalysed, in part or whole.
  public var object: ObjectReference?
  /// The names of all clusters it appears in, sorted.
  public var clusters: [String]

  /// A gap of `kind`.
  public init(
    kind: String, message: String, help: String = "", location: Location? = nil, related: [RelatedLocation] = [],
    object: ObjectReference? = nil, clusters: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.location = location
    self.related = related
    self.object = object
    self.clusters = clusters
  }
}
