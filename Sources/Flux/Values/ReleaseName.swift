import Crypto

extension HelmRelease {
  /// The longest name Helm takes for a release.
  public static let maximumReleaseNameLength = 53

  /// The name of the release: as written, else target namespace and name joined, shortened as helm-controller does it.
  public var effectiveReleaseName: String {
    if let releaseName, !releaseName.value.isEmpty { return Self.shortened(releaseName.value) }
    guard let targetNamespace, !targetNamespace.value.isEmpty else { return Self.shortened(name) }
    return Self.shortened("\(targetNamespace.value)-\(name)")
  }

  /// The namespace the release goes to.
  public var releaseNamespace: String { targetNamespace.nonEmpty ?? namespace }

  /// The namespace that holds Helm's records of the release.
  public var effectiveStorageNamespace: String { storageNamespace.nonEmpty ?? namespace }

  /// `name` cut to 40 bytes and the start of its SHA-256 where it is too long for Helm.
  static func shortened(_ name: String) -> String {
    guard name.utf8.count > maximumReleaseNameLength else { return name }
    let digits = Array("0123456789abcdef".utf8)
    let digest = SHA256.hash(data: Array(name.utf8)).prefix(6)
    let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "\(String(decoding: name.utf8.prefix(40), as: UTF8.self))-\(String(decoding: hex, as: UTF8.self))"
  }
}

extension Field<String>? {
  /// The text; nil when it is absent or empty, which Go does not tell apart.
  var nonEmpty: String? {
    guard let text = self?.value, !text.isEmpty else { return nil }
    return text
  }
}
