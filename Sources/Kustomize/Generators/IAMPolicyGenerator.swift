import Diagnostics
import YAML

/// Makes the service account of a workload in Google's cloud.
struct IAMPolicyGenerator {
  private let account: String
  private let project: String
  private let name: String
  private let namespace: String
  private let origin: Origin

  init(_ reader: FieldReader) throws(KustomizeError) {
    let cloud = try reader.string("cloud", or: "")
    guard cloud == "gke" else {
      throw KustomizeError(
        .generator, "IAMPolicyGenerator knows the cloud 'gke' only, not '\(cloud)'",
        at: (reader.node("cloud")?.origin ?? reader.origin).location)
    }
    let service = try reader.reader("kubernetesService")
    name = try service?.string("name", or: "") ?? ""
    namespace = try service?.string("namespace", or: "") ?? ""
    let serviceAccount = try reader.reader("serviceAccount")
    account = try serviceAccount?.string("name", or: "") ?? ""
    project = try serviceAccount?.string("projectId", or: "") ?? ""
    origin = reader.origin.adding(.generated, at: reader.origin.location)
  }

  /// The account. kustomize writes its arguments into a text that it reads as YAML: a name that looks like a number is one,
  /// and what is no plain YAML is an error.
  func serviceAccount() throws(KustomizeError) -> Node {
    var text = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n"
    text += "    iam.gke.io/gcp-service-account: \(account)@\(project).iam.gserviceaccount.com\n  name: \(name)\n"
    if !namespace.isEmpty { text += "\n  namespace: \(namespace)" }
    do {
      let made = try YAMLReader.read(text: text).first?.root ?? Node(scalar: Scalar(""), origin: origin)
      return made.coming(from: origin)
    } catch {
      throw KustomizeError(
        .generator, "the arguments do not make a service account: \(error.message)", at: origin.location)
    }
  }
}

extension Node {
  /// The same with `origin` everywhere.
  fileprivate func coming(from origin: Origin) -> Node {
    switch value {
    case .scalar: Node(value, origin: origin)
    case .sequence(let items): Node(.sequence(items.map { $0.coming(from: origin) }), origin: origin)
    case .mapping(let mapping):
      Node(
        .mapping(
          Mapping(
            mapping.entries.map {
              Mapping.Entry(key: $0.key, keyOrigin: origin, value: $0.value.coming(from: origin))
            })),
        origin: origin)
    }
  }
}
