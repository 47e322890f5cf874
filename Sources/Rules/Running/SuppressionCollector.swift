import ClusterModel
import Diagnostics
import Kubernetes
import Policies
import YAML

/// Finds all suppressions of a repository: comments, annotations and entries of the configuration.
enum SuppressionCollector {
  /// - Parameter findings: files that only they name (templates of charts) are searched for comments too.
  static func suppressions(in model: RepositoryModel, _ policy: Policy, findings: [Finding]) -> SuppressionSet {
    var set = SuppressionSet()
    var seen: Set<SourceFile> = []
    // A comment in a file that no cluster reads has nothing to suppress.
    for file in model.files where !file.clusters.isEmpty {
      seen.insert(file.file)
      add(commentsIn: file.file, file.documents, to: &set)
    }
    for finding in findings where seen.insert(finding.location.file).inserted {
      let documents = model.files.first { $0.file == finding.location.file }?.documents ?? []
      add(commentsIn: finding.location.file, documents, to: &set)
    }
    for cluster in model.clusters {
      for object in cluster.objects {
        let annotations = object.manifest.node[path: "metadata", "annotations"]
        for entry in annotations?.mapping?.entries ?? [] where entry.key.text.hasPrefix(annotationPrefix) {
          add(annotation: entry, of: object.reference, in: cluster.name, to: &set)
        }
      }
    }
    for suppression in policy.configuration.suppressions { set.add(suppression) }
    return set
  }

  /// What all annotations of Sluice begin with.
  private static let annotationPrefix = "sluice.dev/"

  private static func add(
    annotation entry: Mapping.Entry, of object: ObjectReference, in cluster: String, to set: inout SuppressionSet
  ) {
    let name = entry.key.text
    if name == SuppressionSyntax.annotation, let text = entry.value.scalar?.text {
      set.add(annotation: text, of: object, in: cluster, at: entry.value.origin.location)
    } else if Suggestion.nearest(to: name, among: [SuppressionSyntax.annotation]) != nil {
      set.add(SuppressionProblem(.malformed(.badKeyword(name)), at: entry.keyOrigin.location, object: object))
    }
  }

  private static func add(commentsIn file: SourceFile, _ documents: [Document], to set: inout SuppressionSet) {
    for found in SuppressionComments.find(in: file, documents: documents) {
      switch found {
      case .success(let suppression): set.add(suppression)
      case .failure(let problem): set.add(problem)
      }
    }
  }
}
