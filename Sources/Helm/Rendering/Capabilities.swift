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

  /// The API versions that Helm's client library knows.
  public static let builtInAPIVersions =
    ["v1"]
    + groups.flatMap { group, versions in
      versions.split(separator: " ").map { "\(group)/\($0)" }
    }

  private static let groups: [(String, String)] = [
    ("admissionregistration.k8s.io", "v1 v1alpha1 v1beta1"), ("internal.apiserver.k8s.io", "v1alpha1"),
    ("apps", "v1 v1beta1 v1beta2"), ("authentication.k8s.io", "v1 v1alpha1 v1beta1"),
    ("authorization.k8s.io", "v1 v1beta1"), ("autoscaling", "v1 v2"), ("batch", "v1 v1beta1"),
    ("certificates.k8s.io", "v1 v1alpha1 v1beta1"), ("coordination.k8s.io", "v1 v1alpha2 v1beta1"),
    ("discovery.k8s.io", "v1 v1beta1"), ("events.k8s.io", "v1 v1beta1"), ("extensions", "v1beta1"),
    ("flowcontrol.apiserver.k8s.io", "v1 v1beta1 v1beta2 v1beta3"), ("networking.k8s.io", "v1 v1beta1"),
    ("node.k8s.io", "v1 v1alpha1 v1beta1"), ("policy", "v1 v1beta1"),
    ("rbac.authorization.k8s.io", "v1 v1alpha1 v1beta1"), ("resource.k8s.io", "v1 v1alpha3 v1beta1 v1beta2"),
    ("scheduling.k8s.io", "v1 v1alpha1 v1beta1"), ("storage.k8s.io", "v1 v1alpha1 v1beta1"),
    ("storagemigration.k8s.io", "v1beta1"), ("apiextensions.k8s.io", "v1beta1 v1"),
  ]

  var templateValue: Value {
    let version: [(GoString, Value)] = [
      ("Version", .text(kubeVersion)), ("Major", .text(major)), ("Minor", .text(minor)),
    ]
    return .object(
      Record(
        .named("*common.Capabilities", kind: "ptr"),
        fields: [
          "KubeVersion": .object(
            Record(
              .named("common.KubeVersion", kind: "struct"),
              texts: Dictionary(version.map { ($0.0, Formatter.text($0.1)) }, uniquingKeysWith: { $1 }),
              text: GoString(plainVersion), methods: ["String": GoString(plainVersion), "GitVersion": GoString(kubeVersion)])),
          "APIVersions": .object(APIVersionSet(apiVersions)),
          "HelmVersion": .object(
            Record(
              .named("version.BuildInfo", kind: "struct"),
              texts: [
                "Version": "v4.2", "GitCommit": "", "GitTreeState": "", "GoVersion": "go1.26.6",
                "KubeClientVersion": "v1.36",
              ])),
        ]))
  }
}

/// A struct with texts for fields and methods.
final class Record: TemplateObject {
  let type: GoType
  private let texts: [GoString: GoString]
  private let objects: [GoString: any TemplateObject]
  let text: GoString?
  private let methods: [GoString: GoString]

  init(_ type: GoType, texts: [GoString: GoString], text: GoString? = nil, methods: [GoString: GoString] = [:]) {
    self.type = type
    self.texts = texts
    self.text = text
    self.methods = methods
    objects = [:]
  }

  init(_ type: GoType, fields: [GoString: Value]) {
    self.type = type
    texts = [:]
    text = nil
    methods = [:]
    objects = fields.compactMapValues { value in
      guard case .object(let object) = value else { return nil }
      return object
    }
  }

  func field(_ name: GoString) -> Value? {
    texts[name].map { .string($0) } ?? objects[name].map { .object($0) }
  }

  func method(_ name: GoString) -> Function? {
    methods[name].map { answer in Function(name.text) { _ in .string(answer) } }
  }

  var marshaled: Value {
    .anyDict(texts.mapValues { .string($0) }.merging(objects.mapValues { .object($0) }) { $1 })
  }

  func isEqual(to other: any TemplateObject) -> Bool {
    (other as? Record).map { $0.texts == texts && $0.text == text } ?? false
  }
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
