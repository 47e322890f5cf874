import Diagnostics
import Documents
import Files
import Kustomize
import YAML

/// `kustomize-units/generator-files.json`: contents of files through both generators.
enum GeneratorFilesSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let cases = CorpusFolder(directory)?.document("generator-files.json")?["cases"]?.sequence else {
      print("cannot read \(directory)/generator-files.json")
      result.failed = 1
      return result
    }
    for one in cases {
      let id = one["id"]?.scalar?.text ?? "?"
      let content = Base64Text.decode(one["base64"]?.scalar?.text ?? "")
      for (field, generator) in [("configMap", "configMapGenerator"), ("secret", "secretGenerator")] {
        let expected = one[path: field, "output"]?.scalar?.text
        result.count("\(id) \(field)", outcome(generator, content, expected))
      }
    }
    return result
  }

  private static func outcome(_ generator: String, _ content: [UInt8], _ expected: String?) -> SuiteResult.Outcome {
    let actual = Result { () throws -> String in
      var tree = MemoryTree()
      let file = try RepoPath("f.txt")
      tree.insert(SourceFile(path: file.string, bytes: content), at: file)
      let kustomization = try RepoPath("kustomization.yaml")
      let text = "\(generator):\n- name: g\n  files: [f.txt]\n"
      tree.insert(SourceFile(path: kustomization.string, text: text), at: kustomization)
      let built = try KustomizeBuild.run(.root, in: ParsedTree(tree))
      return String(decoding: try YAMLEmitter.emit(built.resources.map(\.node)), as: UTF8.self)
    }
    switch (actual, expected) {
    case (.success(let output), .some(let expected)) where output == expected: return .passed
    case (.failure, nil): return .passed
    case (.success(let output), _): return .failed(firstDifference(output, expected ?? "<an error>"))
    case (.failure(let error), _): return .failed("\(error)")
    }
  }
}

/// Base64 as the corpus writes it.
private enum Base64Text {
  static func decode(_ text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (bits, count): (UInt32, Int) = (0, 0)
    var found: [UInt8] = []
    for byte in text.utf8 {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        found.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        bits &= (1 << UInt32(count)) - 1
      }
    }
    return found
  }
}
