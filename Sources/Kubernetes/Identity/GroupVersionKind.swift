/// The type of a Kubernetes object.
public struct GroupVersionKind: Sendable, Hashable, CustomStringConvertible {
  /// Empty for the core group.
  public var group: String
  /// Such as `v1`.
  public var version: String
  /// Such as `Deployment`.
  public var kind: String

  /// A type by its parts.
  public init(group: String, version: String, kind: String) {
    self.group = group
    self.version = version
    self.kind = kind
  }

  /// A type as a manifest names it: `apps/v1` and `Deployment`.
  public init(apiVersion: String, kind: String) {
    if let slash = apiVersion.utf8.lastIndex(of: UInt8(ascii: "/")) {
      group = String(apiVersion[..<slash])
      version = String(apiVersion[apiVersion.index(after: slash)...])
    } else {
      group = ""
      version = apiVersion
    }
    self.kind = kind
  }

  /// Group and version as a manifest writes them.
  public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `apps/v1 Deployment`.
  public var description: String { "\(apiVersion) \(kind)" }
}
