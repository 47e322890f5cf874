import Diagnostics
import Kubernetes

/// Commits of new image tags.
public final class ImageUpdateAutomation: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.imageUpdateAutomation
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The repository that is updated.
  public let sourceRef: ObjectRef?
  /// How it is checked out, committed and pushed.
  public let git: Field<Git>?
  /// What is updated.
  public let update: Field<Update>?
  /// Which policies count.
  public let policySelector: Field<ObjectSelector>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `ImageUpdateAutomation` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    sourceRef = reader.imageAutomationSource()
    git = reader.object("git")
    update = reader.object("update")
    policySelector = reader.object("policySelector")
    interval = reader.duration("interval")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}

extension SpecReader {
  /// `sourceRef`, or `checkout.gitRepositoryRef` as it was in v1alpha1.
  fileprivate mutating func imageAutomationSource() -> ObjectRef? {
    if let ref = ref("sourceRef") { return ref }
    let checkout: Field<ImageUpdateAutomation.OldCheckout>? = object("checkout")
    return checkout?.gitRepositoryRef
  }
}

extension ImageUpdateAutomation {
  /// The branch it pushes to: as written, else the one that is checked out; nil when that is the source's.
  public var pushBranch: Field<String>? {
    git?.value.push?.value.branch ?? git?.value.checkout?.value.ref?.value.branch
  }
}

extension ImageUpdateAutomation {
  /// How the repository is checked out, committed and pushed.
  public struct Git: SpecPart {
    /// What is checked out; nil means what the source says.
    public var checkout: Field<Checkout>?
    /// How commits are made.
    public var commit: Field<Commit>?
    /// Where commits go.
    public var push: Field<Push>?

    init(_ reader: inout SpecReader) {
      checkout = reader.object("checkout")
      commit = reader.object("commit")
      push = reader.object("push")
    }
  }

  /// What is checked out.
  public struct Checkout: SpecPart {
    /// The branch or other reference.
    public var ref: Field<GitRepository.Reference>?

    init(_ reader: inout SpecReader) {
      ref = reader.object("ref")
    }
  }

  /// How commits are made.
  public struct Commit: SpecPart {
    /// Who makes them.
    public var author: Field<Author>?
    /// The template of their message.
    public var messageTemplate: Field<String>?
    /// Values for the template.
    public var messageTemplateValues: [StringEntry]
    /// What they are signed with.
    public var signingKey: Field<SigningKey>?

    init(_ reader: inout SpecReader) {
      author = reader.object("author")
      messageTemplate = reader.string("messageTemplate")
      messageTemplateValues = reader.stringMap("messageTemplateValues")
      signingKey = reader.object("signingKey")
    }
  }

  /// Who makes commits.
  public struct Author: SpecPart {
    /// The name.
    public var name: Field<String>?
    /// The address.
    public var email: Field<String>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      email = reader.string("email")
    }
  }

  /// What commits are signed with.
  public struct SigningKey: SpecPart {
    /// The Secret with the key.
    public var secretRef: ObjectRef?
    /// `gpg` or `ssh`.
    public var type: Field<String>?

    init(_ reader: inout SpecReader) {
      secretRef = reader.localRef("secretRef")
      type = reader.string("type")
    }
  }

  /// Where commits go.
  public struct Push: SpecPart {
    /// The branch.
    public var branch: Field<String>?
    /// A refspec.
    public var refspec: Field<String>?
    /// Push options.
    public var options: [StringEntry]

    init(_ reader: inout SpecReader) {
      branch = reader.string("branch")
      refspec = reader.string("refspec")
      options = reader.stringMap("options")
    }
  }

  /// What is updated.
  public struct Update: SpecPart {
    /// The directory.
    public var path: Field<String>?
    /// `Setters`.
    public var strategy: Field<String>?

    init(_ reader: inout SpecReader) {
      path = reader.string("path")
      strategy = reader.string("strategy")
    }
  }

  /// The checkout of v1alpha1.
  fileprivate struct OldCheckout: SpecPart {
    var gitRepositoryRef: ObjectRef?

    init(_ reader: inout SpecReader) {
      gitRepositoryRef = reader.localRef("gitRepositoryRef", kind: "GitRepository")
    }
  }
}
