import GoTemplate
import Versions

/// What templates are told about the cluster and about Helm.
public struct Capabilities: Sendable {
  /// The Kubernetes version as given, with its `v`.
  public var kubeVersion: String
  /// Without suffixes, for constraints.
  var plainVersion: String
  var major: String
  var minor: String
  /// The API versions there are.
  public var apiVersions: [String]

  /// A cluster of a version, such as `1.33.0` or `v1.33.4-gke.1`.
  public init(kubeVersion: String, apiVersions: [String] = Capabilities.builtInAPIVersions) throws(HelmError) {
    var numbers: [String] = []
    let core = kubeVersion.hasPrefix("v") ? kubeVersion.dropFirst() : Substring(kubeVersion)
    for part in core.prefix(while: { $0 == "." || ($0.isASCII && $0.isNumber) }).split(separator: ".") {
      numbers.append(String(part))
    }
    guard numbers.count >= 2, let first = UInt64(numbers[0]), let second = UInt64(numbers[1]) else {
      throw HelmError(
        .kubeVersion,
        "invalid kube version '\(kubeVersion)': could not parse \(Quoting.quote(kubeVersion)) as version")
    }
    self.kubeVersion = kubeVersion.hasPrefix("v") ? kubeVersion : "v" + kubeVersion
    plainVersion = "v" + (numbers.count < 3 ? numbers + ["0"] : numbers).joined(separator: ".")
    major = String(first)
    minor = String(second)
    self.apiVersions = apiVersions
  }

  private init(major: String, minor: String, apiVersions: [String]) {
    (self.major, self.minor, self.apiVersions) = (major, minor, apiVersions)
    kubeVersion = "v\(major).\(minor).0"
    plainVersion = kubeVersion
  }

  /// What `helm template` assumes.
  public static let standard = Capabilities(major: "1", minor: "36", apiVersions: builtInAPIVersions)

  /// The API versions that Helm's client library knows, in its order.
  public static let builtInAPIVersions =
    ["v1"]
    + groups.flatMap { group, versions in
      versions.split(separator: " ").map { "\(group)/\($0)" }
    }

  private static let groups: [(String, String)] = [
    ("admissionregistration.k8s.io", "v1 v1alpha1 v1beta1"), ("internal.apiserver.k8s.io", "v1alpha1"),
    ("apps", "v1 v1beta1 v1beta2"), ("authentication.k8s.io", "v1 v1alpha1 v1beta1"),
    ("authorization.k8s.io", "v1 v1beta1"), ("autoscaling", "v1 v2"), ("batch", "v1 v1beta1"),
    ("certificates.k8s.io", "v1 v1beta1 v1alpha1"), ("coordination.k8s.io", "v1alpha2 v1beta1 v1"),
    ("discovery.k8s.io", "v1 v1beta1"), ("events.k8s.io", "v1 v1beta1"), ("extensions", "v1beta1"),
    ("flowcontrol.apiserver.k8s.io", "v1 v1beta1 v1beta2 v1beta3"), ("networking.k8s.io", "v1 v1beta1"),
    ("node.k8s.io", "v1 v1alpha1 v1beta1"), ("policy", "v1 v1beta1"),
    ("rbac.authorization.k8s.io", "v1 v1beta1 v1alpha1"), ("resource.k8s.io", "v1 v1beta2 v1beta1 v1alpha3"),
    ("scheduling.k8s.io", "v1alpha2 v1beta1 v1"), ("storage.k8s.io", "v1beta1 v1 v1alpha1"),
    ("storagemigration.k8s.io", "v1beta1"), ("apiextensions.k8s.io", "v1beta1 v1"),
  ]

  var templateValue: Value {
    let version = Record(
      .named("common.KubeVersion", kind: "struct"),
      [.init("Version", .text(kubeVersion)), .init("Major", .text(major)), .init("Minor", .text(minor))],
      text: plainVersion, methods: ["String": plainVersion, "GitVersion": kubeVersion])
    return .object(
      Record(
        .named("*common.Capabilities", kind: "ptr"),
        [
          .init("KubeVersion", .object(version)), .init("APIVersions", .object(APIVersionSet(apiVersions))),
          .init("HelmVersion", .object(Capabilities.helmVersion)),
        ]))
  }

  /// The Helm whose behaviour this is.
  private static let helmVersion = Record(
    .named("version.BuildInfo", kind: "struct"),
    [
      .init("Version", .text("v4.2.4"), json: "version"),
      .init("GitCommit", .text("3900f434fd3ef2b84065dc04508df48f288dba00"), json: "git_commit"),
      .init("GitTreeState", .text("clean"), json: "git_tree_state"),
      .init("GoVersion", .text("go1.26.6"), json: "go_version"),
      .init("KubeClientVersion", .text("v1.36"), json: "kube_client_version"),
    ])
}

/// `.Capabilities.APIVersions`
final class APIVersionSet: TemplateObject {
  private let versions: [String]
  private let known: Set<String>

  init(_ versions: [String]) {
    self.versions = versions
    known = Set(versions)
  }

  var type: GoType { .named("common.VersionSet", kind: "slice") }
  var underlying: Value? { .strings(versions.map { GoString($0) }) }
  var text: GoString? { nil }

  func method(_ name: GoString) -> Function? {
    guard name == "Has" else { return nil }
    return Function("Has", .string) { [known] arguments in
      guard case .string(let version) = arguments[0] else { return false }
      return .bool(known.contains(version.text))
    }
  }

  func isEqual(to other: any TemplateObject) -> Bool {
    (other as? APIVersionSet)?.versions == versions
  }
}
