import Diagnostics
import Kubernetes
import YAML

/// A Git repository that source-controller fetches.
public final class GitRepository: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.gitRepository
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The address.
  public let url: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// The Secret with the credentials.
  public let secretRef: ObjectRef?
  /// The cloud or Git provider whose identity is used; nil means `generic`.
  public let provider: Field<String>?
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// What is checked out; nil means branch `master`.
  public let ref: Field<Reference>?
  /// Signatures that are demanded.
  public let verify: Field<Verification>?
  /// Patterns that replace the default exclusions, in the format of `.gitignore`.
  public let ignore: Field<String>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// Whether submodules are fetched.
  public let recurseSubmodules: Field<Bool>?
  /// Other repositories copied into the artifact.
  public let include: [Field<Include>]
  /// The Secret with the proxy address.
  public let proxySecretRef: ObjectRef?
  /// The only directories that are checked out.
  public let sparseCheckout: [Field<String>]
  /// The Git library to use; dropped from `v1`.
  public let gitImplementation: Field<String>?
  /// Who may refer to it; dropped from `v1`.
  public let accessFrom: Node?

  /// Reads `GitRepository` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    url = reader.string("url")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    secretRef = reader.localRef("secretRef")
    provider = reader.string("provider")
    serviceAccountName = reader.string("serviceAccountName")
    ref = reader.object("ref")
    verify = reader.object("verify")
    ignore = reader.string("ignore")
    suspend = reader.bool("suspend")
    recurseSubmodules = reader.bool("recurseSubmodules")
    include = reader.list("include")
    proxySecretRef = reader.localRef("proxySecretRef")
    sparseCheckout = reader.strings("sparseCheckout")
    gitImplementation = reader.string("gitImplementation")
    accessFrom = reader.node("accessFrom")
    problems = reader.problems
  }
}

extension GitRepository {
  /// What is checked out.
  public struct Reference: SpecPart {
    /// A branch.
    public var branch: Field<String>?
    /// A tag.
    public var tag: Field<String>?
    /// A range of versions among the tags.
    public var semver: Field<String>?
    /// A full reference such as `refs/pull/420/head`.
    public var name: Field<String>?
    /// A commit.
    public var commit: Field<String>?

    init(_ reader: inout SpecReader) {
      branch = reader.string("branch")
      tag = reader.string("tag")
      semver = reader.string("semver")
      name = reader.string("name")
      commit = reader.string("commit")
    }
  }

  /// Signatures that are demanded.
  public struct Verification: SpecPart {
    /// What must be signed: `HEAD`, `Tag` or `TagAndHEAD`.
    public var mode: Field<String>?
    /// The Secret with the public keys.
    public var secretRef: ObjectRef?

    init(_ reader: inout SpecReader) {
      mode = reader.string("mode")
      secretRef = reader.localRef("secretRef")
    }
  }

  /// Another repository whose content goes into the artifact.
  public struct Include: SpecPart {
    /// The other repository.
    public var repository: ObjectRef?
    /// The path to copy from.
    public var fromPath: Field<String>?
    /// The path to copy to.
    public var toPath: Field<String>?

    init(_ reader: inout SpecReader) {
      repository = reader.localRef("repository", kind: "GitRepository")
      fromPath = reader.string("fromPath")
      toPath = reader.string("toPath")
    }
  }
}
