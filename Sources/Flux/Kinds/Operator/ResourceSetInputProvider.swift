import Diagnostics
import Kubernetes
import YAML

/// Inputs of ResourceSets.
public final class ResourceSetInputProvider: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.resourceSetInputProvider
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// What is listed, such as `GitHubPullRequest` or `Static`.
  public let type: Field<String>?
  /// The address.
  public let url: Field<String>?
  /// Values of every input.
  public let defaultValues: Node?
  /// What of the listed counts.
  public let filter: Field<Filter>?
  /// What is left as it is.
  public let skip: Field<Skip>?
  /// When it runs.
  public let schedule: [Field<Schedule>]
  /// Which ExternalArtifacts are listed.
  public let selectors: [Field<ArtifactSelector>]
  /// The Secret with the credentials.
  public let secretRef: ObjectRef?
  /// The Secret with certificates for TLS.
  public let certSecretRef: ObjectRef?
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// Whether plain HTTP is allowed.
  public let insecure: Field<Bool>?

  /// Reads `ResourceSetInputProvider` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    type = reader.string("type")
    url = reader.string("url")
    defaultValues = reader.node("defaultValues")
    filter = reader.object("filter")
    skip = reader.object("skip")
    schedule = reader.list("schedule")
    selectors = reader.list("selectors")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    serviceAccountName = reader.string("serviceAccountName")
    insecure = reader.bool("insecure")
    problems = reader.problems
  }
}

extension ResourceSetInputProvider {
  /// What of the listed counts.
  public struct Filter: SpecPart {
    /// Labels of pull requests.
    public var labels: [Field<String>]
    /// How many at most.
    public var limit: Field<Int>?
    /// A range of versions.
    public var semver: Field<String>?
    /// A regular expression for branches.
    public var includeBranch: Field<String>?
    /// A regular expression for branches.
    public var excludeBranch: Field<String>?
    /// A regular expression for tags.
    public var includeTag: Field<String>?
    /// A regular expression for tags.
    public var excludeTag: Field<String>?
    /// A regular expression for environments.
    public var includeEnvironment: Field<String>?
    /// A regular expression for environments.
    public var excludeEnvironment: Field<String>?

    init(_ reader: inout SpecReader) {
      labels = reader.strings("labels")
      limit = reader.int("limit")
      semver = reader.string("semver")
      includeBranch = reader.string("includeBranch")
      excludeBranch = reader.string("excludeBranch")
      includeTag = reader.string("includeTag")
      excludeTag = reader.string("excludeTag")
      includeEnvironment = reader.string("includeEnvironment")
      excludeEnvironment = reader.string("excludeEnvironment")
    }
  }

  /// What is left as it is.
  public struct Skip: SpecPart {
    /// Labels of pull requests.
    public var labels: [Field<String>]

    init(_ reader: inout SpecReader) {
      labels = reader.strings("labels")
    }
  }

  /// When it runs.
  public struct Schedule: SpecPart {
    /// The times.
    public var cron: Field<String>?
    /// Their time zone.
    public var timeZone: Field<String>?
    /// How long it may run.
    public var window: Field<GoDuration>?

    init(_ reader: inout SpecReader) {
      cron = reader.string("cron")
      timeZone = reader.string("timeZone")
      window = reader.duration("window")
    }
  }

  /// Which ExternalArtifacts are listed.
  public struct ArtifactSelector: SpecPart {
    /// The name.
    public var name: Field<String>?
    /// The namespace.
    public var namespace: Field<String>?
    /// Their labels.
    public var labels: ObjectSelector

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      namespace = reader.string("namespace")
      labels = ObjectSelector(&reader)
    }
  }
}
