import Diagnostics
import Kubernetes

/// A Flux object that is in a file but in no cluster.
public struct UnreachedObject: Sendable {
  /// Why no cluster has an object.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// No cluster was found in the repository.
    case noCluster = "no-cluster"
    /// No reconciled folder is around its file.
    case outsidePaths = "outside-paths"
    /// The kustomization around its file does not list it.
    case notListed = "not-listed"
    /// Kustomizations take in its file that nothing takes in itself.
    case unusedBase = "unused-base"
    /// The object that would reconcile it is in no cluster itself.
    case parentUnreached = "parent-unreached"
    /// The object that would apply it cannot be built.
    case parentNotBuilt = "parent-not-built"
    /// The object that would apply it reads a source whose files are not known to be these.
    case sourceElsewhere = "source-elsewhere"
    /// The source leaves its file out of the artifact.
    case ignored
    /// It goes to another cluster, by a kubeconfig.
    case remoteCluster = "remote-cluster"
    /// It is part of a chart that no release prints it from.
    case chartTemplate = "chart-template"
    /// An ArtifactGenerator copies its file, and nothing builds the copy.
    case onlyCopied = "only-copied"
    /// It is a template of a ResourceSet that is not expanded.
    case notExpanded = "not-expanded"
    /// Its file is built, but it is not among the objects: a patch deletes it, or it is itself a patch without a target.
    case leftOut = "left-out"
  }

  /// The object as written.
  public var manifest: Manifest
  /// Why no cluster has it.
  public var cause: Cause
  /// The same in words, as a sentence without a full stop.
  public var reason: String
  /// The places that the reason speaks of.
  public var related: [RelatedLocation]

  /// An object with the reason why no cluster has it.
  public init(manifest: Manifest, cause: Cause, reason: String, related: [RelatedLocation] = []) {
    self.manifest = manifest
    self.cause = cause
    self.reason = reason
    self.related = related
  }
}
