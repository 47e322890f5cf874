import Diagnostics
import Kubernetes

/// Which tag of an image is the latest.
public final class ImagePolicy: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.imagePolicy
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The repository whose tags are looked at.
  public let imageRepositoryRef: ObjectRef?
  /// How tags are ordered.
  public let policy: Field<Policy>?
  /// Which tags are looked at.
  public let filterTags: Field<TagFilter>?
  /// `Always`, `IfNotPresent` or `Never`.
  public let digestReflectionPolicy: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `ImagePolicy` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    imageRepositoryRef = reader.ref("imageRepositoryRef", kind: "ImageRepository")
    policy = reader.object("policy")
    filterTags = reader.object("filterTags")
    digestReflectionPolicy = reader.string("digestReflectionPolicy")
    interval = reader.duration("interval")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}

extension ImagePolicy {
  /// How tags are ordered; one of the three.
  public struct Policy: SpecPart {
    /// By version.
    public var semver: Field<SemverPolicy>?
    /// By letters.
    public var alphabetical: Field<OrderPolicy>?
    /// By number.
    public var numerical: Field<OrderPolicy>?

    init(_ reader: inout SpecReader) {
      semver = reader.object("semver")
      alphabetical = reader.object("alphabetical")
      numerical = reader.object("numerical")
    }
  }

  /// The highest version in a range.
  public struct SemverPolicy: SpecPart {
    /// The range.
    public var range: Field<String>?

    init(_ reader: inout SpecReader) {
      range = reader.string("range")
    }
  }

  /// The last in an order.
  public struct OrderPolicy: SpecPart {
    /// `asc` or `desc`.
    public var order: Field<String>?

    init(_ reader: inout SpecReader) {
      order = reader.string("order")
    }
  }

  /// Which tags are looked at.
  public struct TagFilter: SpecPart {
    /// A regular expression.
    public var pattern: Field<String>?
    /// What of a match is ordered.
    public var extract: Field<String>?

    init(_ reader: inout SpecReader) {
      pattern = reader.string("pattern")
      extract = reader.string("extract")
    }
  }
}
