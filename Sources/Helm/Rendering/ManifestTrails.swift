import Diagnostics
import GoTemplate

extension Release {
  /// How a stretch of a manifest came to be, at one level of templates that call each other.
  public struct Trail: Sendable {
    /// The template that wrote it, such as `podinfo/templates/deployment.yaml`.
    public var template: String
    /// The line in it.
    public var line: Int
    /// The place in it, where it stands in a file.
    public var location: Location?
    /// Whether it stands in the template as it is: no action wrote it.
    public var isCopied: Bool
    /// The paths of the values that the action which wrote it read.
    public var reads: [[String]]
    /// The paths of the values that the innermost `if`, `with` or `range` around it read.
    public var causes: [[String]]
  }
}

/// Leads stretches of a manifest back to templates and values.
public struct ManifestTrails {
  private let path: String
  private let bytes: [UInt8]
  private let paths: ValuePaths?
  private let lineStarts: [Int]
  private var trails: OutputTrails

  /// The trails of a manifest of `release`, which has values to lead back to where it was rendered with
  /// ``ReleaseOptions/tracesValues``.
  public init(_ manifest: Release.Manifest, of release: Release) {
    let bytes = manifest.output.bytes
    self.bytes = bytes
    path = manifest.path
    paths = release.paths
    trails = OutputTrails(manifest.output)
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// How the stretch between two places of the text came to be: for each level, from the manifest's own template to the
  /// innermost one it includes, the pieces in the order of the text.
  public mutating func levels(of span: SourceSpan) -> [[Release.Trail]] {
    let start = offset(of: span.start)
    var levels = trails.levels(of: start..<max(offset(of: span.end), start + 1)).map { level in
      level.map { trail in
        Release.Trail(
          template: trail.place.source.name, line: trail.place.line, location: trail.place.location,
          // What a text made by templates says was a value before.
          isCopied: trail.isCopied && trail.place.location != nil, reads: paths?.paths(of: trail.reads) ?? [],
          causes: paths?.paths(of: trail.causes) ?? [])
      }
    }
    if let outer = levels.first?.first, outer.template != path, let place = trails.place(of: start, in: path) {
      let own = Release.Trail(
        template: path, line: place.line, location: place.location, isCopied: true, reads: [], causes: [])
      levels.insert([own], at: 0)
    }
    return levels
  }

  private func offset(of position: SourcePosition) -> Int {
    let line = min(max(Int(position.line), 1), lineStarts.count)
    var offset = lineStarts[line - 1]
    for _ in 1..<max(position.column, 1) {
      guard offset < bytes.count else { break }
      offset += bytes[offset] < 0x80 ? 1 : GoString.decode(bytes, at: offset).length
    }
    return offset
  }
}
