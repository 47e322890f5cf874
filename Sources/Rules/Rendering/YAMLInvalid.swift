import ClusterModel
import Diagnostics
import YAML

extension Rule {
  static let yamlInvalid = Rule(
    id: "yaml-invalid", chapter: .rendering, severity: .error,
    title: "a reconciled file cannot be read",
    why: """
      A file that does not parse, repeats a key, or holds no Kubernetes object where one is needed fails the build of \
      every Kustomization that takes it in: nothing of it is applied until the file is right.
      """,
    remedy: "Correct the file.", precision: .veryHigh,
    check: .repository { context, report in
      var lines: Set<Line> = []
      let data = GeneratorData.files(of: context.model)
      for file in context.model.files where !file.clusters.isEmpty && !data.contains(file.path) {
        for error in file.errors {
          guard lines.insert(Line(error.place)).inserted else { continue }
          report.add(
            .unreadable(error.message), at: error.place, about: nil, field: error.fieldName, related: error.trace,
            clusters: file.clusters)
        }
      }
      for cluster in context.model.clusters {
        // Templates of charts are no YAML before they are rendered; what is wrong with them is the release's.
        for reconciliation in cluster.reconciliations where !reconciliation.kind.isGiven && !reconciliation.isRelease {
          for problem in reconciliation.problems
          where problem.isUnreadable(in: context.model) && !lines.contains(Line(problem.location)) {
            let taker = RelatedLocation("\(reconciliation.id) takes it in", at: reconciliation.location)
            report.add(
              .unreadable(problem.message), at: problem.location, about: nil, field: problem.message,
              related: problem.trace + [taker], clusters: [cluster.name])
            // A build stops at the first document of a file that is broken.
            let file = context.model.files.first { $0.file == problem.location.file }
            for error in file?.furtherErrors ?? [] where lines.insert(Line(error.place)).inserted {
              report.add(
                .unreadable(error.message), at: error.place, about: nil, field: error.fieldName,
                related: error.trace + [taker], clusters: [cluster.name])
            }
          }
        }
      }
    })

  /// The same mistake found by the reader and by a build is reported once.
  private struct Line: Hashable {
    var file: SourceFile
    var line: UInt32

    init(_ location: Location) {
      file = location.file
      line = location.span.start.line
    }
  }
}

extension BuildProblem {
  /// Whether the build stops at a file that cannot be read: then the file is what is wrong.
  func isUnreadable(in model: RepositoryModel) -> Bool {
    if isUnreadableFile { return true }
    guard let file = model.files.first(where: { $0.file == location.file }) else { return false }
    return file.errors.contains { $0.place.span.start.line == location.span.start.line }
  }
}

extension YAMLError {
  /// What tells the error apart from others in its file.
  fileprivate var fieldName: String {
    if case .duplicateKey(let key) = code { "duplicate:\(key)" } else { message }
  }
}

extension Message {
  fileprivate static func unreadable(_ reason: String) -> Self {
    Message("this file cannot be read: \(reason)")
  }
}
