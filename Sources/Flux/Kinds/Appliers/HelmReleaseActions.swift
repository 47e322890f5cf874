extension HelmRelease {
  /// How a release is installed.
  public struct Install: SpecPart {
    /// How long one operation may take.
    public var timeout: Field<GoDuration>?
    /// Whether hooks are left out.
    public var disableHooks: Field<Bool>?
    /// Whether objects are not waited for.
    public var disableWait: Field<Bool>?
    /// Whether Jobs are not waited for.
    public var disableWaitForJobs: Field<Bool>?
    /// Whether manifests go unchecked.
    public var disableOpenAPIValidation: Field<Bool>?
    /// Whether values go unchecked.
    public var disableSchemaValidation: Field<Bool>?
    /// Whether objects of others are left alone.
    public var disableTakeOwnership: Field<Bool>?
    /// What happens to CRDs: `Skip`, `Create` or `CreateReplace`.
    public var crds: Field<String>?
    /// Whether the target namespace is made.
    public var createNamespace: Field<Bool>?
    /// Whether a name in use is taken over.
    public var replace: Field<Bool>?
    /// Whether CRDs are left out; deprecated.
    public var skipCRDs: Field<Bool>?
    /// Whether the API server merges.
    public var serverSideApply: Field<Bool>?
    /// What follows a failure.
    public var remediation: Field<Remediation>?
    /// How failures are treated.
    public var strategy: Field<FailureStrategy>?

    init(_ reader: inout SpecReader) {
      timeout = reader.duration("timeout")
      disableHooks = reader.bool("disableHooks")
      disableWait = reader.bool("disableWait")
      disableWaitForJobs = reader.bool("disableWaitForJobs")
      disableOpenAPIValidation = reader.bool("disableOpenAPIValidation")
      disableSchemaValidation = reader.bool("disableSchemaValidation")
      disableTakeOwnership = reader.bool("disableTakeOwnership")
      crds = reader.string("crds")
      createNamespace = reader.bool("createNamespace")
      replace = reader.bool("replace")
      skipCRDs = reader.bool("skipCRDs")
      serverSideApply = reader.bool("serverSideApply")
      remediation = reader.object("remediation")
      strategy = reader.object("strategy")
    }
  }

  /// How a release is upgraded.
  public struct Upgrade: SpecPart {
    /// How long one operation may take.
    public var timeout: Field<GoDuration>?
    /// Whether hooks are left out.
    public var disableHooks: Field<Bool>?
    /// Whether objects are not waited for.
    public var disableWait: Field<Bool>?
    /// Whether Jobs are not waited for.
    public var disableWaitForJobs: Field<Bool>?
    /// Whether manifests go unchecked.
    public var disableOpenAPIValidation: Field<Bool>?
    /// Whether values go unchecked.
    public var disableSchemaValidation: Field<Bool>?
    /// Whether objects of others are left alone.
    public var disableTakeOwnership: Field<Bool>?
    /// What happens to CRDs: `Skip`, `Create` or `CreateReplace`.
    public var crds: Field<String>?
    /// Whether new objects of a failed upgrade are deleted.
    public var cleanupOnFail: Field<Bool>?
    /// Whether objects are replaced.
    public var force: Field<Bool>?
    /// Whether the last values are merged in.
    public var preserveValues: Field<Bool>?
    /// `enabled`, `disabled` or `auto`.
    public var serverSideApply: Field<String>?
    /// What another chart name means: `Reinstall` or `InPlaceUpdate`.
    public var chartNameChangeStrategy: Field<String>?
    /// What follows a failure.
    public var remediation: Field<Remediation>?
    /// How failures are treated.
    public var strategy: Field<FailureStrategy>?

    init(_ reader: inout SpecReader) {
      timeout = reader.duration("timeout")
      disableHooks = reader.bool("disableHooks")
      disableWait = reader.bool("disableWait")
      disableWaitForJobs = reader.bool("disableWaitForJobs")
      disableOpenAPIValidation = reader.bool("disableOpenAPIValidation")
      disableSchemaValidation = reader.bool("disableSchemaValidation")
      disableTakeOwnership = reader.bool("disableTakeOwnership")
      crds = reader.string("crds")
      cleanupOnFail = reader.bool("cleanupOnFail")
      force = reader.bool("force")
      preserveValues = reader.bool("preserveValues")
      serverSideApply = reader.string("serverSideApply")
      chartNameChangeStrategy = reader.string("chartNameChangeStrategy")
      remediation = reader.object("remediation")
      strategy = reader.object("strategy")
    }
  }

  /// How a release is rolled back.
  public struct Rollback: SpecPart {
    /// How long one operation may take.
    public var timeout: Field<GoDuration>?
    /// Whether hooks are left out.
    public var disableHooks: Field<Bool>?
    /// Whether objects are not waited for.
    public var disableWait: Field<Bool>?
    /// Whether Jobs are not waited for.
    public var disableWaitForJobs: Field<Bool>?
    /// Whether new objects of a failed rollback are deleted.
    public var cleanupOnFail: Field<Bool>?
    /// Whether objects are replaced.
    public var force: Field<Bool>?
    /// Whether pods are restarted; without effect.
    public var recreate: Field<Bool>?
    /// `enabled`, `disabled` or `auto`.
    public var serverSideApply: Field<String>?

    init(_ reader: inout SpecReader) {
      timeout = reader.duration("timeout")
      disableHooks = reader.bool("disableHooks")
      disableWait = reader.bool("disableWait")
      disableWaitForJobs = reader.bool("disableWaitForJobs")
      cleanupOnFail = reader.bool("cleanupOnFail")
      force = reader.bool("force")
      recreate = reader.bool("recreate")
      serverSideApply = reader.string("serverSideApply")
    }
  }

  /// How a release is uninstalled.
  public struct Uninstall: SpecPart {
    /// How long one operation may take.
    public var timeout: Field<GoDuration>?
    /// Whether hooks are left out.
    public var disableHooks: Field<Bool>?
    /// Whether objects are not waited for.
    public var disableWait: Field<Bool>?
    /// Whether records are kept.
    public var keepHistory: Field<Bool>?
    /// `background`, `foreground` or `orphan`.
    public var deletionPropagation: Field<String>?

    init(_ reader: inout SpecReader) {
      timeout = reader.duration("timeout")
      disableHooks = reader.bool("disableHooks")
      disableWait = reader.bool("disableWait")
      keepHistory = reader.bool("keepHistory")
      deletionPropagation = reader.string("deletionPropagation")
    }
  }

  /// Whether the tests of a release run.
  public struct Test: SpecPart {
    /// Whether they run.
    public var enable: Field<Bool>?
    /// Whether failures count for nothing.
    public var ignoreFailures: Field<Bool>?
    /// How long one operation may take.
    public var timeout: Field<GoDuration>?
    /// Which of them run.
    public var filters: [Field<TestFilter>]

    init(_ reader: inout SpecReader) {
      enable = reader.bool("enable")
      ignoreFailures = reader.bool("ignoreFailures")
      timeout = reader.duration("timeout")
      filters = reader.list("filters")
    }
  }

  /// A test that runs, or does not.
  public struct TestFilter: SpecPart {
    /// The test.
    public var name: Field<String>?
    /// Whether it is left out.
    public var exclude: Field<Bool>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      exclude = reader.bool("exclude")
    }
  }

  /// What follows a failure.
  public struct Remediation: SpecPart {
    /// How often it is tried again; negative means without end, nil means never.
    public var retries: Field<Int>?
    /// Whether failed tests count for nothing.
    public var ignoreTestFailures: Field<Bool>?
    /// Whether the last failure is remedied.
    public var remediateLastFailure: Field<Bool>?
    /// `rollback` or `uninstall`.
    public var strategy: Field<String>?

    init(_ reader: inout SpecReader) {
      retries = reader.int("retries")
      ignoreTestFailures = reader.bool("ignoreTestFailures")
      remediateLastFailure = reader.bool("remediateLastFailure")
      strategy = reader.string("strategy")
    }
  }

  /// How failures are treated.
  public struct FailureStrategy: SpecPart {
    /// `RemediateOnFailure` or `RetryOnFailure`.
    public var name: Field<String>?
    /// How soon it is tried again.
    public var retryInterval: Field<GoDuration>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
      retryInterval = reader.duration("retryInterval")
    }
  }
}
