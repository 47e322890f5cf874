/// What a source fetches, of the several things its `ref` can name.
public enum Checkout: Sendable, Hashable {
  /// A commit.
  case commit(Field<String>)
  /// A full Git reference.
  case name(Field<String>)
  /// A digest of an OCI artifact.
  case digest(Field<String>)
  /// The highest version in a range.
  case semver(Field<String>)
  /// A tag.
  case tag(Field<String>)
  /// The tip of a branch.
  case branch(Field<String>)
  /// Nothing is named: branch `master` of a Git repository, tag `latest` of an OCI artifact.
  case standard(String)
}

extension GitRepository {
  /// What is fetched: commit before name, semver, tag and branch, as source-controller decides.
  public var checkout: Checkout {
    let ref = ref?.value
    if let commit = ref?.commit, !commit.value.isEmpty { return .commit(commit) }
    if let name = ref?.name, !name.value.isEmpty { return .name(name) }
    if let semver = ref?.semver, !semver.value.isEmpty { return .semver(semver) }
    if let tag = ref?.tag, !tag.value.isEmpty { return .tag(tag) }
    if let branch = ref?.branch, !branch.value.isEmpty { return .branch(branch) }
    return .standard("master")
  }
}

extension OCIRepository {
  /// What is fetched: digest before semver and tag, as source-controller decides.
  public var checkout: Checkout {
    let ref = ref?.value
    if let digest = ref?.digest, !digest.value.isEmpty { return .digest(digest) }
    if let semver = ref?.semver, !semver.value.isEmpty { return .semver(semver) }
    if let tag = ref?.tag, !tag.value.isEmpty { return .tag(tag) }
    return .standard("latest")
  }
}
