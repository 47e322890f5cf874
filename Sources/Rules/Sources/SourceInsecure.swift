import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceInsecure = Rule(
    id: "source-insecure", chapter: .sources, severity: .error,
    title: "a source is fetched over an unprotected connection",
    why: """
      Whoever sits between the cluster and the source can read the credentials and put in manifests of their own, which \
      Flux then applies.
      """,
    remedy: "Use `https://`, `ssh://` or a registry with TLS, and take `insecure: true` out.",
    tags: ["security", "supply-chain"], precision: .veryHigh, securitySeverity: "8.1",
    check: .cluster { context, report in
      // Also the source that an operator makes of what a FluxInstance synchronises with.
      for object in context.cluster.fluxObjects {
        guard let value = object.flux else { continue }
        if value.kind.isSource, let url = value.sourceURL, let scheme = insecureScheme(of: url.value, value) {
          report.add(
            .scheme(object.id, url.value, scheme), at: url.origin, about: object, field: "spec.url",
            // Flux takes no `git://`, wherever it leads.
            severity: scheme != "git" && staysInside(url.value) ? .warning : nil)
        }
        if let insecure = value.insecure, insecure.value {
          report.add(
            .flag(object.id), at: insecure.origin, about: object, field: "spec.insecure",
            severity: staysInside(value.address) ? .warning : nil)
        }
      }
    })

  /// Whether a host is in the cluster, or on the machine of a developer: what goes there crosses no network of others.
  private static func staysInside(_ address: String) -> Bool {
    let host = RepositoryURL(address.contains("://") ? address : "oci://\(address)").host
    let isName = !host.contains(".") && !host.contains(":") && !host.isEmpty
    return isName || ["127.0.0.1", "[::1]", "host.docker.internal"].contains(host)
      || [".svc", ".svc.cluster.local", ".localhost"].contains(where: host.hasSuffix)
  }

  /// Nil for a protected connection. The endpoint of a Bucket has no scheme.
  private static func insecureScheme(of url: String, _ object: FluxObject) -> String? {
    if case .bucket = object { return nil }
    return ["http", "git"].first { url.lowercased().hasPrefix("\($0)://") }
  }
}

extension FluxObject {
  fileprivate var insecure: Field<Bool>? {
    switch self {
    case .ociRepository(let value): value.insecure
    case .helmRepository(let value): value.insecure
    case .bucket(let value): value.insecure
    case .imageRepository(let value): value.insecure
    default: nil
    }
  }

  /// What leads to the host.
  fileprivate var address: String {
    switch self {
    case .bucket(let value): value.endpoint?.value ?? ""
    case .imageRepository(let value): value.image?.value ?? ""
    default: sourceURL?.value ?? ""
    }
  }
}

extension Message {
  fileprivate static func scheme(_ id: ObjectID, _ url: String, _ scheme: String) -> Self {
    Message(
      "\(id) is fetched over \(scheme)://, which anybody on the way can read and change (\(url))"
        + (scheme == "git" ? "; Flux takes no address of that kind" : ""))
  }

  fileprivate static func flag(_ id: ObjectID) -> Self {
    Message("\(id) allows connections without TLS (`insecure: true`)")
  }
}
