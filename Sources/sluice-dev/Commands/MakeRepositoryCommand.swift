import ArgumentParser

/// Writes a repository of any size to measure on.
struct MakeRepositoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-repository",
    abstract:
      "Write a Flux repository of a given size: one cluster, Kustomizations in chains, HelmReleases with values.")

  @Option(name: .long, help: "How many Kustomizations.")
  var kustomizations = 100

  @Option(name: .customLong("helmreleases"), help: "How many HelmReleases, spread over the Kustomizations.")
  var helmReleases = 100

  @Argument(help: "The folder to write, which must not be there yet.")
  var directory: String

  func validate() throws {
    guard kustomizations > 0, helmReleases >= 0 else { throw ValidationError("At least one Kustomization is needed") }
  }

  func run() throws {
    try SyntheticRepository(kustomizations: kustomizations, helmReleases: helmReleases).write(to: directory)
  }
}
