/// The registries of clouds, to which Flux can log in by itself.
enum CloudRegistry {
  /// What `spec.provider` says for a host; nil for a registry of no cloud.
  static func provider(of host: String) -> String? {
    let isECR = host.contains(".dkr.ecr.") || host.contains(".dkr.ecr-fips.")
    if isECR, host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") { return "aws" }
    if host.hasSuffix(".azurecr.io") { return "azure" }
    return host.hasSuffix("-docker.pkg.dev") ? "gcp" : nil
  }
}
