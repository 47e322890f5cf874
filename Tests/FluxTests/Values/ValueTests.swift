import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@Suite struct ValueTests {
  @Test(arguments: [
    ("10m", 600.0), ("1h30m", 5400), ("1.5h", 5400), ("500ms", 0.5), ("0", 0), ("-1m", -60), (".5s", 0.5),
    ("2h0m1s", 7201),
  ])
  func durationsAreGos(_ text: String, seconds: Double) {
    #expect(GoDuration(text)?.seconds == seconds)
  }

  @Test(arguments: ["", "10", "1d", "m", "10 m", "1h-5m", ".s", "9223372036854775807h"])
  func otherTextsAreNoDurations(_ text: String) {
    #expect(GoDuration(text) == nil)
  }

  @Test(arguments: [
    ("90m", "1h30m"), ("60s", "1m"), ("1500ms", "1.5s"), ("0s", "0s"), ("250ms", "250ms"), ("24h", "24h"),
  ])
  func durationsAreWrittenAsPeopleDo(_ text: String, written: String) {
    #expect(GoDuration(text)?.description == written)
  }

  @Test(arguments: [
    "https://github.com/org/fleet", "https://github.com/org/fleet.git", "ssh://git@github.com/org/fleet",
    "ssh://git@github.com:22/org/fleet.git", "git@github.com:org/fleet.git", "https://user:token@GitHub.com/org/fleet/",
    "https://github.com/Org/Fleet",
  ])
  func addressesOfOneRepositoryAreTheSame(_ text: String) {
    #expect(RepositoryURL(text).isSame(as: RepositoryURL("https://github.com/org/fleet")))
  }

  @Test(arguments: ["https://github.com/org/fleet2", "https://gitlab.com/org/fleet", "https://github.com/org"])
  func otherAddressesAreNot(_ text: String) {
    #expect(!RepositoryURL(text).isSame(as: RepositoryURL("https://github.com/org/fleet")))
  }

  @Test(arguments: [
    ("{releaseName: web}", "web"),
    ("{targetNamespace: shop}", "shop-frontend"),
    ("{}", "frontend"),
    (
      "{targetNamespace: a-namespace-with-a-name-that-is-long-enough-to-pass}",
      "a-namespace-with-a-name-that-is-long-eno-f001f843b81a"
    ),
  ])
  func releaseNamesAreHelmControllers(_ spec: String, name: String) throws {
    let release = HelmRelease(
      try manifest(
        "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: frontend, namespace: d}, spec: \(spec)}"
      ))
    #expect(release.effectiveReleaseName == name)
  }
}
