/// What a run looked at, in numbers: a reader must be able to tell a clean run from an empty one.
public struct Summary: Sendable, Hashable {
  /// Files read.
  public var files: Int
  /// Bytes read.
  public var bytes: Int
  /// Clusters found.
  public var clusters: Int
  /// Flux Kustomizations, and how many of them were built.
  public var kustomizations: Coverage
  /// HelmReleases, and how many of them were rendered.
  public var helmReleases: Coverage
  /// Flux sources.
  public var sources: Int
  /// Objects that Flux would apply.
  public var objects: Int
  /// Flux objects in files that no cluster has.
  public var unreached: Int
  /// Rules that ran.
  public var rules: Int

  /// The numbers of a run.
  public init(
    files: Int = 0, bytes: Int = 0, clusters: Int = 0, kustomizations: Coverage = Coverage(),
    helmReleases: Coverage = Coverage(), sources: Int = 0, objects: Int = 0, unreached: Int = 0,
    rules: Int = 0
  ) {
    self.files = files
    self.bytes = bytes
    self.clusters = clusters
    self.kustomizations = kustomizations
    self.helmReleases = helmReleases
    self.sources = sources
    self.objects = objects
    self.unreached = unreached
    self.rules = rules
  }

  /// How many of a kind there are, and how many of those were analysed whole.
  public struct Coverage: Sendable, Hashable {
    /// How many were built or rendered.
    public var analysed: Int
    /// How many there are.
    public var total: Int

    /// `analysed` out of `total`.
    public init(analysed: Int = 0, total: Int = 0) {
      self.analysed = analysed
      self.total = total
    }
  }
}
