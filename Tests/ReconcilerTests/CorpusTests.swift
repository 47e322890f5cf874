import ClusterModel
import Diagnostics
import Documents
import Files
import Foundation
import Kubernetes
import Reconciler
import Testing
import YAML

/// Real repositories reach their fixpoint, and no Flux object of theirs is forgotten.
@Suite struct CorpusTests {
  private static let corpus = ProcessInfo.processInfo.environment["SLUICE_CORPUS"]

  private static var repositories: [String] {
    guard let corpus else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(corpus)/flux-repos")) ?? []
    return names.filter { !$0.hasSuffix(".tsv") }.sorted()
  }

  /// A place in a file: where an object is written.
  private struct Place: Hashable {
    var path: String
    var line: UInt32
    var kind: String
  }

  @Test(.enabled(if: corpus != nil, "no corpus"), arguments: repositories)
  func accountsForEveryFluxObject(_ name: String) throws {
    let root = "\(try #require(Self.corpus))/flux-repos/\(name)"
    let model = try SimulatedRepository.model(of: DiskTree(root: root))
    let inClusters = Set(model.clusters.flatMap { $0.objects.flatMap(Self.places) })
    let unreached = Dictionary(
      grouping: model.unreached, by: { Self.place($0.manifest.node) })
    for file in model.files {
      for manifest in file.documents.compactMap({ Manifest($0.root) }) where Self.isFlux(manifest) {
        let place = Self.place(manifest.node)
        let isInCluster = inClusters.contains(place)
        let reasons = unreached[place] ?? []
        #expect(isInCluster || reasons.count == 1, "\(manifest.id) at \(manifest.origin.location) is forgotten")
        #expect(!isInCluster || reasons.allSatisfy { $0.cause == .remoteCluster }, "\(manifest.id) is told twice")
      }
    }
    for object in model.unreached {
      #expect(!object.reason.isEmpty && !object.reason.hasSuffix("."), "\(object.reason)")
    }
  }

  private static func isFlux(_ manifest: Manifest) -> Bool {
    manifest.type.group.hasSuffix(".toolkit.fluxcd.io") || manifest.type.group == "fluxcd.controlplane.io"
  }

  /// Where an object comes from, and the patches that went into it.
  private static func places(_ object: AppliedObject) -> [Place] {
    ([object.manifest.node] + object.earlier.flatMap { [$0.node, $0.patch] }).map(place)
  }

  private static func place(_ node: Node) -> Place {
    let start = (node["kind"] ?? node).origin
    return Place(path: start.file.path, line: start.span.start.line, kind: node["kind"]?.scalar?.text ?? "")
  }
}
