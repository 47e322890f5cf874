import Diagnostics
import Files

/// What a build gives.
public struct BuildResult: Sendable {
  /// The objects, in the order asked for.
  public var resources: [Resource] = []
  /// What works but should be written otherwise.
  public var warnings: [BuildWarning] = []
  /// Every file that was read, sorted.
  public var filesRead: [RepoPath] = []
  /// The kustomization directories that were visited, the top one first, each as often as it was taken in.
  public var directories: [VisitedDirectory] = []
  /// Patches whose target is not there.
  public var unmatchedPatches: [UnmatchedPatch] = []
  /// Entries that name something outside of the repository and were left out, where the options say so.
  public var remoteReferences: [RemoteReference] = []
  /// What could not be built and was left out, where the options say so.
  public var leftOut: [LeftOut] = []
}

/// An entry that a build went on without.
public struct LeftOut: Sendable, Hashable {
  /// The file or directory that the entry names; nil for a generator.
  public var path: RepoPath?
  /// Why it cannot be built.
  public var error: KustomizeError
}

/// Something that works but should be written otherwise.
public struct BuildWarning: Sendable, Hashable {
  /// One sentence without a full stop.
  public var message: String
  /// The place to change.
  public var location: Location

  /// A warning with its place.
  public init(message: String, location: Location) {
    self.message = message
    self.location = location
  }
}

/// A directory whose kustomization took part in a build.
public struct VisitedDirectory: Sendable, Hashable {
  /// The directory.
  public var path: RepoPath
  /// Its kustomization file.
  public var file: RepoPath
  /// How deep it was included; 1 for the top.
  public var depth: Int
}

/// A patch that changed nothing because no object fits its target.
public struct UnmatchedPatch: Sendable, Hashable {
  /// Where the target stands.
  public var location: Location
  /// What was looked for.
  public var target: String
  /// The field of the target without which it would fit something; the target where there is no such field.
  public var field: Location
}
