import Diagnostics
import Kubernetes

/// Artifacts composed out of sources.
public final class ArtifactGenerator: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.artifactGenerator
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// What can be copied from.
  public let sources: [Field<Source>]
  /// What is composed.
  public let artifacts: [Field<Artifact>]
  /// A pattern that makes one artifact for each directory it matches.
  public let pathPattern: Field<String>?
  /// Labels and annotations of the artifacts.
  public let commonMetadata: Field<CommonMetadata>?

  /// Reads `ArtifactGenerator` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    sources = reader.list("sources")
    artifacts = reader.list("artifacts")
    pathPattern = reader.string("pathPattern")
    commonMetadata = reader.object("commonMetadata")
    problems = reader.problems
  }
}

extension ArtifactGenerator {
  /// A source under an alias.
  public struct Source: SpecPart {
    /// The name that `from` uses.
    public var alias: Field<String>?
    /// The source.
    public var ref: ObjectRef?

    init(_ reader: inout SpecReader) {
      alias = reader.string("alias")
      ref = reader.ownRef()
    }
  }

  /// One artifact.
  public struct Artifact: SpecPart {
    /// The name of the ExternalArtifact.
    public var name: Field<String>?
    /// The source whose revision it takes, such as `@app`.
    public var revision: Field<String>?
    /// The source whose origin revision it takes.
    public var originRevision: Field<String>?
    /// What goes into it, in this order.
    public var copy: [Field<Copy>]

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      revision = reader.string("revision")
      originRevision = reader.string("originRevision")
      copy = reader.list("copy")
    }
  }

  /// Files that go into an artifact.
  public struct Copy: SpecPart {
    /// `@alias/glob`.
    public var from: Field<String>?
    /// `@artifact/path`.
    public var to: Field<String>?
    /// Globs that are left out.
    public var exclude: [Field<String>]
    /// `Overwrite`, `Merge` or `Extract`.
    public var strategy: Field<String>?

    init(_ reader: inout SpecReader) {
      from = reader.string("from")
      to = reader.string("to")
      exclude = reader.strings("exclude")
      strategy = reader.string("strategy")
    }
  }
}
