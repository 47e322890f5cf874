import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

extension Rule {
  static let imageAutomationDirectPush = Rule(
    id: "image-automation-direct-push", chapter: .images, severity: .error,
    title: "an automation writes straight to what production follows",
    why: """
      A new image in the registry is enough to change production: no review, no test and no window stands between. \
      Whoever can push an image can deploy it.
      """,
    remedy: "Have it push to a branch of its own (`spec.git.push.branch`), and open a pull request from there.",
    tags: ["security", "supply-chain"], securitySeverity: "6.5",
    check: .repository { context, report in
      let production = context.model.clusters.filter { cluster in
        context.policy.configuration.environmentClass(
          cluster: cluster.name, path: cluster.entryPoint.path.string, namespace: "") == .production
      }
      for cluster in context.model.clusters {
        for automation in ImageAutomation.all(in: cluster) where !automation.isSuspended {
          for target in automation.targets {
            let hit = production.compactMap { other in
              follower(of: target.branch, of: automation, in: other).map { (cluster: other, reconciliation: $0) }
            }
            guard let first = hit.first else { continue }
            report.add(
              .pushes(automation, target.branch, first.reconciliation.id, first.cluster.name),
              at: target.place.location, about: automation.object.reference, field: target.field,
              related: [
                RelatedLocation("\(first.reconciliation.id) follows the branch", at: first.reconciliation.location)
              ] + target.place.trace + automation.object.trace,
              clusters: hit.map(\.cluster.name))
          }
        }
      }
    })

  /// The first Kustomization of a cluster that reconciles what the automation writes.
  private static func follower(
    of branch: String, of automation: ImageAutomation, in cluster: Cluster
  ) -> Reconciliation? {
    guard let url = automation.url else { return nil }
    return cluster.reconciliations.first { reconciliation in
      guard case .kustomization(let value) = reconciliation.definition, let reference = value.sourceRef,
        case .gitRepository(let repository) = cluster.object(reference.id)?.flux,
        let address = repository.url, RepositoryURL(address.value).isSame(as: url), repository.followedBranch == branch
      else { return false }
      if let root = automation.root, case .local(_, root) = reconciliation.source {
        return reconciliation.files.contains { $0.isInside(automation.path.below(root)) }
      }
      guard let path = try? RepoPath(value.path?.value ?? ".") else { return false }
      return path.isInside(automation.path) || automation.path.isInside(path)
    }
  }
}

extension Message {
  fileprivate static func pushes(
    _ automation: ImageAutomation, _ branch: String, _ follower: ObjectID, _ cluster: String
  ) -> Self {
    Message(
      "\(automation.object.id) pushes to branch '\(branch)', which \(follower) of cluster '\(cluster)' follows")
  }
}
