import Rules

/// The files of a new rule, to be filled in.
public enum RuleScaffold {
  /// Texts under their paths, from the root of the repository.
  /// - Parameters:
  ///   - id: the kebab-case id.
  ///   - chapter: the folder in `Sources/Rules`, such as `Sources`.
  public static func files(id: String, chapter: String) throws -> [(path: String, text: String)] {
    let words = id.split(separator: "-")
    guard !words.isEmpty, words.allSatisfy({ $0.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) } })
    else { throw GenerationError("'\(id)' is no rule id: use lower-case words joined by '-'") }
    guard Rule.named(id) == nil else { throw GenerationError("there is a rule '\(id)' already") }
    let type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let name = type.prefix(1).lowercased() + type.dropFirst()
    return [
      ("Sources/Rules/\(chapter)/\(type).swift", source(id: id, name: name)),
      ("testdata/rules/\(id).md", examples(id: id)),
    ]
  }

  private static func source(id: String, name: String) -> String {
    """
    import ClusterModel
    import Diagnostics
    import Kubernetes

    extension Rule {
      static let \(name) = Rule(
        id: "\(id)", chapter: .sources, severity: .warning,
        title: "",
        why: "",
        remedy: "",
        check: .flux { subject, context, report in
          report.add(.wrong(subject.id), at: subject.object.manifest.origin, about: subject.object, field: "spec")
        })
    }

    extension Message {
      fileprivate static func wrong(_ id: ObjectID) -> Self {
        Message("\\(id) is wrong")
      }
    }

    """
  }

  private static func examples(id: String) -> String {
    """
    # \(id)

    ## Bad: what is wrong

    ```yaml path=clusters/production/apps.yaml
    kind: Kustomization  # expect: \(id) "is wrong"
    ```

    ## Good: what is right

    ```yaml path=clusters/production/apps.yaml
    kind: Kustomization
    ```

    """
  }
}
