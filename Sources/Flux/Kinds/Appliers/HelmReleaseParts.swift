import YAML

extension HelmRelease {
  /// A chart by source and name.
  public struct ChartTemplate: SpecPart {
    /// What the HelmChart is made of.
    public var spec: Field<Chart>?
    /// Labels and annotations of the HelmChart.
    public var metadata: Field<CommonMetadata>?

    init(_ reader: inout SpecReader) {
      spec = reader.object("spec")
      metadata = reader.object("metadata")
    }
  }

  /// A chart in a source.
  public struct Chart: SpecPart {
    /// The name of the chart, or its path in the source.
    public var chart: Field<String>?
    /// The version or range; nil means `*`.
    public var version: Field<String>?
    /// Where the chart is.
    public var sourceRef: ObjectRef?
    /// How often the source is looked at.
    public var interval: Field<GoDuration>?
    /// `ChartVersion` or `Revision`.
    public var reconcileStrategy: Field<String>?
    /// Values files that replace the chart's own.
    public var valuesFiles: [Field<String>]
    /// One values file; dropped from `v2`.
    public var valuesFile: Field<String>?
    /// Whether missing values files are passed over.
    public var ignoreMissingValuesFiles: Field<Bool>?
    /// Signatures that are demanded.
    public var verify: Field<SignatureVerification>?

    init(_ reader: inout SpecReader) {
      chart = reader.string("chart")
      version = reader.string("version")
      sourceRef = reader.ref("sourceRef")
      interval = reader.duration("interval")
      reconcileStrategy = reader.string("reconcileStrategy")
      valuesFiles = reader.strings("valuesFiles")
      valuesFile = reader.string("valuesFile")
      ignoreMissingValuesFiles = reader.bool("ignoreMissingValuesFiles")
      verify = reader.object("verify")
    }
  }

  /// A ConfigMap or Secret with values.
  public struct ValuesReference: SpecPart {
    /// The object, in the namespace of the HelmRelease.
    public var ref: ObjectRef?
    /// The key; nil means `values.yaml`.
    public var valuesKey: Field<String>?
    /// Where the one value goes; nil merges the whole.
    public var targetPath: Field<String>?
    /// Whether the value is taken as it is.
    public var literal: Field<Bool>?
    /// Whether it may be missing.
    public var optional: Field<Bool>?

    init(_ reader: inout SpecReader) {
      ref = reader.ownLocalRef()
      valuesKey = reader.string("valuesKey")
      targetPath = reader.string("targetPath")
      literal = reader.bool("literal")
      optional = reader.bool("optional")
    }
  }

  /// What happens to the rendered objects.
  public struct PostRenderer: SpecPart {
    /// Changes by kustomize.
    public var kustomize: Field<KustomizeRenderer>?

    init(_ reader: inout SpecReader) {
      kustomize = reader.object("kustomize")
    }
  }

  /// Changes by kustomize.
  public struct KustomizeRenderer: SpecPart {
    /// Patches.
    public var patches: [Field<KustomizePatch>]
    /// Other images.
    public var images: [Field<ImageOverride>]
    /// Strategic merge patches; dropped from `v2`.
    public var patchesStrategicMerge: [Node]
    /// JSON 6902 patches; dropped from `v2`.
    public var patchesJson6902: [Node]

    init(_ reader: inout SpecReader) {
      patches = reader.list("patches")
      images = reader.list("images")
      patchesStrategicMerge = reader.items("patchesStrategicMerge")
      patchesJson6902 = reader.items("patchesJson6902")
    }
  }

  /// What happens when objects in the cluster differ.
  public struct DriftDetection: SpecPart {
    /// `enabled`, `warn` or `disabled`.
    public var mode: Field<String>?
    /// What is passed over.
    public var ignore: [Field<IgnoreRule>]

    init(_ reader: inout SpecReader) {
      mode = reader.string("mode")
      ignore = reader.list("ignore")
    }
  }

  /// How objects are waited for.
  public struct WaitStrategy: SpecPart {
    /// `poller` or `legacy`.
    public var name: Field<String>?

    init(_ reader: inout SpecReader) {
      name = reader.string("name")
    }
  }
}
