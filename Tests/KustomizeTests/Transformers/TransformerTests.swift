import Diagnostics
import Kubernetes
import Testing
import YAML

@testable import Kustomize

@Suite struct TransformerTests {
  private static let origin = Origin(
    file: SourceFile(path: "kustomization.yaml", text: "namespace: shop\n"), span: .fileStart)

  private static func node(_ text: String) throws -> Node { try YAMLReader.read(text: text, path: "base.yaml")[0].root }
  private static func text(_ node: Node) throws -> String {
    String(decoding: try YAMLEmitter.emit(node), as: UTF8.self)
  }

  @Test(arguments: [
    ("nginx", "nginx", "", ""),
    ("nginx:1.2", "nginx", "1.2", ""),
    ("host:5000/nginx", "host:5000/nginx", "", ""),
    ("host:5000/nginx:1.2@sha256:ab", "host:5000/nginx", "1.2", "sha256:ab"),
    ("nginx@sha256:ab", "nginx", "", "sha256:ab"),
  ])
  func takesImagesApart(_ text: String, _ name: String, _ tag: String, _ digest: String) {
    let image = ImageReference(text)
    #expect([image.name, image.tag, image.digest] == [name, tag, digest])
    #expect(image.text == text)
  }

  /// Image, new name, new tag, digest, tag suffix, result.
  @Test(arguments: [
    ("nginx:1.2", "", "1.3", "", "", "nginx:1.3"),
    ("nginx:1.2@sha256:ab", "", "1.3", "", "", "nginx:1.3"),
    ("nginx:1.2", "", "", "sha256:cd", "", "nginx@sha256:cd"),
    ("nginx:1.2", "mirror/nginx", "", "", "", "mirror/nginx:1.2"),
    ("nginx:1.2", "", "1.3", "sha256:cd", "", "nginx:1.3@sha256:cd"),
    ("nginx:1.2", "", "", "", "-alpine", "nginx:1.2-alpine"),
    ("nginx-extra:1.2", "", "1.3", "", "", "nginx-extra:1.2"),
    ("docker.io/nginx:1.2", "", "1.3", "", "", "docker.io/nginx:1.2"),
  ])
  func changesImages(
    _ image: String, _ newName: String, _ newTag: String, _ digest: String, _ suffix: String, _ want: String
  ) throws {
    var node = try Self.node("{kind: Widget, spec: {anywhere: {initContainers: [{image: '\(image)'}]}}}")
    let transformer = try ImageTransformer(
      name: "nginx", newName: newName, newTag: newTag, tagSuffix: suffix, digest: digest, origin: Self.origin)
    try transformer.apply(to: &node, fields: [], origin: Self.origin)
    let found = node[path: "spec", "anywhere", "initContainers"]?.sequence?.first?["image"]
    #expect(found?.scalar?.text == want)
    #expect(found?.origin.file.path == (want == image ? "base.yaml" : "kustomization.yaml"))
  }

  @Test func leavesDefinitionsOfResourcesAlone() throws {
    var node = try Self.node("{kind: CustomResourceDefinition, spec: {containers: [{image: nginx}]}}")
    try ImageTransformer(name: "nginx", newTag: "2", origin: Self.origin).apply(
      to: &node, fields: [], origin: Self.origin)
    #expect(try Self.text(node).contains("image: nginx\n"))
  }

  @Test func refusesANameThatIsNoPattern() {
    let error = #expect(throws: KustomizeError.self) { _ = try ImageTransformer(name: "a(b", origin: Self.origin) }
    #expect(error?.code == .field)
    #expect(error?.place?.file.path == "kustomization.yaml")
  }

  /// Object, namespace's place in the result.
  @Test(arguments: [
    ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", "metadata:\n  name: a\n  namespace: shop\n"),
    (
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: null}}",
      "metadata:\n  name: a\n  namespace: shop\n"
    ),
    ("{apiVersion: v1, kind: Namespace, metadata: {name: a}}", "metadata:\n  name: shop\n"),
    ("{apiVersion: example.com/v1, kind: Namespace, metadata: {name: a}}", "metadata:\n  name: a\n  namespace: shop\n"),
    ("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}}", "metadata:\n  name: a\n"),
    (
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, subjects: [{kind: User, name: default}, {kind: ServiceAccount, name: x}]}",
      "subjects:\n- kind: User\n  name: default\n  namespace: shop\n- kind: ServiceAccount\n  name: x\n"
    ),
    (
      "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, spec: {}}", "spec:\n  service:\n    namespace: shop\n"
    ),
  ])
  func setsNamespaces(_ object: String, _ want: String) throws {
    var node = try Self.node(object)
    let transformer = NamespaceTransformer("shop", fields: FieldTables.builtIn[.namespace], origin: Self.origin)
    try transformer.apply(to: &node, schema: .kubernetes)
    #expect(try Self.text(node).hasSuffix(want))
  }

  @Test func setsServiceAccountsOnly() throws {
    var node = try Self.node(
      "{apiVersion: v1, kind: RoleBinding, subjects: [{kind: User, name: default}, {kind: ServiceAccount, name: x}]}")
    try NamespaceTransformer("shop", fields: [], subjects: .allServiceAccounts, origin: Self.origin)
      .apply(to: &node, schema: .kubernetes)
    #expect(node["subjects"]?.sequence?.map { $0["namespace"]?.scalar?.text } == [nil, "shop"])
  }

  @Test func namespacesOnlyWhatHasNone() throws {
    var node = try Self.node("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: kept}}")
    try NamespaceTransformer("shop", fields: [], onlyUnset: true, origin: Self.origin).apply(
      to: &node, schema: .kubernetes)
    #expect(node[path: "metadata", "namespace"]?.scalar?.text == "kept")
  }

  @Test func labelsAreStrings() throws {
    var node = try Self.node("{kind: Service, apiVersion: v1, metadata: {labels: null}, spec: {selector: {a: b}}}")
    let transformer = LabelTransformer(
      [.init("on", "true", origin: Self.origin), .init("app", "1", origin: Self.origin)],
      fields: FieldTables.builtIn[.commonLabels])
    try transformer.apply(to: &node)
    #expect(
      try Self.text(node)
        == "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    app: \"1\"\n    \"on\": \"true\"\n"
        + "spec:\n  selector:\n    a: b\n    app: \"1\"\n    \"on\": \"true\"\n")
  }

  @Test func affixesKeepThePlaceOfTheName() throws {
    var node = try Self.node("{metadata: {name: web}}")
    let place = Location(file: SourceFile(path: "kustomization.yaml", text: ""))
    try NameAffix.prefix("a-").apply(to: &node, field: FieldSpec("metadata/name"), at: place)
    try NameAffix.suffix("-b").apply(to: &node, field: FieldSpec("metadata/name"), at: place)
    let name = try #require(node[path: "metadata", "name"])
    #expect(name.scalar?.text == "a-web-b")
    #expect(name.origin.file.path == "base.yaml")
    #expect(
      name.origin.trace.map(\.message) == [
        "set by the namePrefix transformer here", "set by the nameSuffix transformer here",
      ])
    #expect(NameAffix.leavesAlone(GroupVersionKind(group: "", version: "v1", kind: "Namespace")))
  }

  @Test func replicasAreMadeWhereTheyAreMissing() throws {
    var node = try Self.node("{kind: Deployment, spec: {}}")
    let transformer = ReplicaTransformer(name: "web", count: 3, origin: Self.origin)
    for field in FieldTables.builtIn[.replicas] { try transformer.apply(to: &node, field: field) }
    #expect(node[path: "spec", "replicas"]?.scalar?.resolved == .int(3))
  }

  @Test func saysWhichFieldIsWrong() throws {
    var node = try Self.node("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: text}")
    let transformer = ReplicaTransformer(name: "web", count: 3, origin: Self.origin)
    let error = #expect(throws: KustomizeError.self) {
      try transformer.apply(to: &node, field: FieldSpec("spec/replicas", kind: "Deployment", create: true))
    }
    #expect(
      error?.text
        == "considering field 'spec/replicas' of object Deployment.v1.apps/web.[noNs]: expected sequence or mapping node"
    )
    #expect(error?.place?.span.start.column == 70)
  }
}
