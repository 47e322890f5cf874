import Files
import GoTemplate
import Sprig
import Testing
import YAML

@testable import Helm

/// A chart from its files; `Chart.yaml` is a small one unless given.
func chart(_ files: [String: String]) throws -> Chart {
  var contents = ["app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n"]
  for (path, text) in files { contents["app/" + path] = text }
  return try ChartLoader.load(try RepoPath("app"), in: try MemoryTree(texts: contents))
}

/// What a chart's templates print, one after the other, with `values` as a values file.
func printed(_ files: [String: String], values: String = "") throws -> String {
  let node = try YAMLReader.read(text: values).first?.root
  let release = try chart(files).render(node, ReleaseOptions(name: "rel", namespace: "apps"))
  return release.manifests.map { String(decoding: $0.output.bytes, as: UTF8.self) }.joined(separator: "---\n")
}

/// A template that prints a value as JSON.
func asJSON(_ value: String) -> [String: String] {
  ["templates/a.yaml": "v: {{ \(value) | toJson }}\n"]
}

/// The text of the error that `body` ends with.
func complaint(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? HelmError)?.text ?? "\(error)"
  }
}
