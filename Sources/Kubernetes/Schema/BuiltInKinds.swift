/// The built-in types of Kubernetes, also those of versions gone by: their scopes and plural names.
public enum BuiltInKinds {
  /// A built-in type.
  public struct Kind: Sendable, Hashable {
    /// Group, version and kind.
    public var type: GroupVersionKind
    /// The name in paths and RBAC rules, such as `deployments`.
    public var plural: String
    /// Where its objects live.
    public var scope: Scope
  }

  /// All of them, by group, version and kind.
  public static let all: [Kind] = table.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
    let words = line.split(separator: UInt8(ascii: " ")).map(Substring.init)
    guard words.count == 4, let scope = Scope(letter: words[3]) else { return nil }
    let type = GroupVersionKind(apiVersion: String(words[0]), kind: String(words[1]))
    return Kind(type: type, plural: String(words[2]), scope: scope)
  }

  private struct GroupKind: Hashable {
    var group: String
    var kind: String
  }

  private static let byType: [GroupVersionKind: Kind] = Dictionary(all.map { ($0.type, $0) }) { first, _ in first }
  private static let byGroupKind: [GroupKind: Kind] =
    Dictionary(all.map { (GroupKind(group: $0.type.group, kind: $0.type.kind), $0) }) { first, _ in first }
  private static let byPlural: [GroupKind: Kind] =
    Dictionary(all.map { (GroupKind(group: $0.type.group, kind: $0.plural), $0) }) { first, _ in first }

  /// The built-in type; nil when there is none of that group, version and kind.
  public static func kind(_ type: GroupVersionKind) -> Kind? { byType[type] }

  /// The built-in type of that group and kind, in whatever version.
  public static func kind(group: String, kind: String) -> Kind? {
    byGroupKind[GroupKind(group: group, kind: kind)]
  }

  /// The built-in type with that plural name.
  public static func kind(group: String, plural: String) -> Kind? {
    byPlural[GroupKind(group: group, kind: plural)]
  }

  /// Where objects of a type live, whatever its version; nil when it is not built in.
  public static func scope(of type: GroupVersionKind) -> Scope? {
    (byType[type] ?? kind(group: type.group, kind: type.kind))?.scope
  }
}
