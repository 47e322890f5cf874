/// Which value counts of a key that stands more than once in a mapping. Either way the document says that it is there twice.
public enum RepeatedKeys: Sendable, Hashable {
  /// What decoders into maps take.
  case lastWins
  /// What is found by who looks for the key in the tree of the text.
  case firstWins
}
