import Diagnostics

/// One document of a YAML file.
public struct Document: Sendable {
  /// Its content; a plain empty scalar (null) where the document is empty.
  public var root: Node
  /// Its number in the file, from 0, empty documents included.
  public var index: Int
  /// Keys that stand twice in a mapping: what strict readers refuse and others let pass (the last one wins here).
  public var duplicateKeys: [YAMLError]

  /// A document with its content.
  public init(root: Node, index: Int, duplicateKeys: [YAMLError] = []) {
    self.root = root
    self.index = index
    self.duplicateKeys = duplicateKeys
  }

  /// Whether it holds nothing (or a null).
  public var isEmpty: Bool {
    guard let scalar = root.scalar else { return false }
    return scalar.style == .plain && (scalar.text.isEmpty || scalar.text == "null" || scalar.text == "~")
  }
}
