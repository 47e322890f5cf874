import Kubernetes
import YAML

/// Objects from literal texts.
enum YAMLText {
  /// The first object of a text.
  static func manifest(_ text: String) throws -> Manifest? {
    try YAMLReader.read(text: text).first.flatMap { Manifest($0.root) }
  }
}
