import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// A comment that has an automation set the value in front of it.
public struct ImageMarker: Sendable, Hashable {
  /// The ImagePolicy that it names.
  public let policy: ObjectID
  /// The file that it stands in.
  public let path: RepoPath
  /// What of the image is written: `tag`, `name`, `digest`, or empty for all of it.
  public let part: String
  /// Where it stands.
  public let location: Location

  /// Files without this, with the quotes, are not read at all.
  private static let word = Array("\"$imagepolicy\"".utf8)

  /// The markers of a file, in their order.
  public static func all(in file: AnalysedFile) -> [ImageMarker] {
    guard contains(file.file.bytes), let comments = try? Comments.scan(file.file) else { return [] }
    return comments.compactMap { ImageMarker($0, in: file) }
  }

  private static func contains(_ bytes: [UInt8]) -> Bool {
    var index = bytes.startIndex
    while let next = bytes[index...].firstIndex(of: word[0]) {
      if bytes[next...].starts(with: word) { return true }
      index = next + 1
    }
    return false
  }

  /// `{"$imagepolicy": "namespace:name"}`, with `:tag`, `:name` or `:digest` behind it.
  private init?(_ comment: Comment, in file: AnalysedFile) {
    guard let text = MarkerText.members(of: comment.text)?["$imagepolicy"] else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    policy = ObjectID(
      group: FluxKind.imagePolicy.group, kind: FluxKind.imagePolicy.rawValue, namespace: String(parts[0]),
      name: String(parts[1]))
    var span = comment.span
    span.start.column = span.end.column - UInt32(comment.text.unicodeScalars.count)
    location = Location(file: file.file, span: span)
    path = file.path
    part = parts.count > 2 ? String(parts[2]) : ""
  }
}
