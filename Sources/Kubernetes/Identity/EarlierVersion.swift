import Diagnostics
import YAML

/// An object as it was before a patch: what the patch took away can only be told from this.
public struct EarlierVersion: Sendable {
  /// The object before the patch.
  public var node: Node
  /// The patch: an object to merge, or a list of operations.
  public var patch: Node
  /// The entry that asks for the patch.
  public var entry: Location

  /// An object before `patch`.
  public init(node: Node, patch: Node, entry: Location) {
    self.node = node
    self.patch = patch
    self.entry = entry
  }
}
