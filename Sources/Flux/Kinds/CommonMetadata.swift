/// Labels and annotations that go onto every object.
public struct CommonMetadata: SpecPart {
  /// The labels.
  public var labels: [StringEntry]
  /// The annotations.
  public var annotations: [StringEntry]

  init(_ reader: inout SpecReader) {
    labels = reader.stringMap("labels")
    annotations = reader.stringMap("annotations")
  }
}
