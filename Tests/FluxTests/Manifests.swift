import Diagnostics
import Kubernetes
import Testing
import YAML

/// The object in a YAML text.
func manifest(_ text: String, path: String = "flux.yaml") throws -> Manifest {
  let documents = try YAMLReader.read(text: text, path: path)
  return try #require(documents.first.flatMap { Manifest($0.root) })
}
