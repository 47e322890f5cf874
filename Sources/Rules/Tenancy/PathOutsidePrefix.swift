import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

extension Rule {
  static let pathOutsidePrefix = Rule(
    id: "path-outside-prefix", chapter: .tenancy, severity: .error,
    title: "a path outside the folders agreed for its tenant",
    why: """
      What a tenant deploys was agreed by folder: reviews, owners and checks are set up there. A path elsewhere gets past \
      all of them.
      """,
    remedy: "Move the files below an agreed folder, or have the folder added to `pathPrefixes` in `.sluice.yaml`.",
    tags: ["tenancy", "compliance"],
    check: .kustomization { subject, context, report in
      guard let tenant = context.policy.configuration.declaredTenant(ofNamespace: subject.id.namespace),
        !tenant.pathPrefixes.isEmpty
      else { return }
      let path = subject.value.path
      guard let own = try? RepoPath(path?.value ?? ".") else { return }
      let prefixes = tenant.pathPrefixes.compactMap { try? RepoPath($0) }
      guard !prefixes.contains(where: own.isInside) else { return }
      report.add(
        .outside(subject.id, path?.value ?? ".", tenant.name, tenant.pathPrefixes),
        at: path?.origin ?? subject.object.manifest.origin, about: subject.object, field: "spec.path",
        related: [RelatedLocation("the folders of tenant '\(tenant.name)' are listed here", at: tenant.location)])
    })
}

extension Message {
  fileprivate static func outside(_ id: ObjectID, _ path: String, _ tenant: String, _ prefixes: [String]) -> Self {
    Message(
      "\(id) reconciles a folder outside of those of tenant '\(tenant)' (\(Listing.of(prefixes)))",
      // A variable in it can make it another in each cluster.
      extent: ": '\(path)'")
  }
}
