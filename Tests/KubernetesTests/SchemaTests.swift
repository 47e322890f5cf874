import Kubernetes
import Testing
import YAML

@Suite struct SchemaTests {
  static let deployment = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")

  /// Type, path (`[]` for the elements), whether elements are merged, keys.
  static let lists: [(String, String, String, Bool, [String])] = [
    ("apps/v1", "Deployment", "spec template spec containers", true, ["name"]),
    ("apps/v1", "Deployment", "spec template spec containers [] ports", true, ["containerPort", "protocol"]),
    ("apps/v1", "Deployment", "spec template spec containers [] volumeMounts", true, ["mountPath"]),
    ("apps/v1", "Deployment", "spec template spec containers [] args", false, []),
    ("apps/v1", "Deployment", "spec template spec tolerations", false, []),
    ("apps/v1", "Deployment", "spec template spec volumes", true, ["name"]),
    ("apps/v1", "Deployment", "metadata finalizers", true, []),
    ("apps/v1", "StatefulSet", "spec volumeClaimTemplates", false, []),
    ("batch/v1", "CronJob", "spec jobTemplate spec template spec initContainers [] env", true, ["name"]),
    ("batch/v1beta1", "CronJob", "spec jobTemplate spec template spec containers", true, ["name"]),
    ("v1", "Service", "spec ports", true, ["port", "protocol"]),
    ("v1", "ServiceAccount", "secrets", true, ["name"]),
    ("v1", "ServiceAccount", "imagePullSecrets", false, []),
    ("networking.k8s.io/v1", "Ingress", "spec rules", false, []),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "webhooks", true, ["name"]),
  ]

  @Test(arguments: lists)
  func knowsMergeKeys(_ apiVersion: String, _ kind: String, _ path: String, _ merges: Bool, _ keys: [String]) throws {
    var schema = Schema.kubernetes.type(GroupVersionKind(apiVersion: apiVersion, kind: kind))
    for step in path.split(separator: " ").map(String.init) {
      schema = step == "[]" ? schema?.elements : schema?.field(step)
    }
    let found = try #require(schema)
    #expect(found.mergesElements == merges)
    #expect(found.mergeKeys == keys)
  }

  @Test func knowsNothingOfNewerTypes() {
    #expect(
      Schema.kubernetes.type(GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler"))
        == nil)
    #expect(Schema.kubernetes.type(GroupVersionKind(group: "example.com", version: "v1", kind: "Deployment")) == nil)
  }

  @Test(arguments: [
    ("v1", "Namespace", Scope.cluster), ("v1", "ConfigMap", .namespaced), ("apps/v1", "Deployment", .namespaced),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", .cluster),
    ("storage.k8s.io/v1beta1", "CSIStorageCapacity", .namespaced),
  ])
  func knowsScopesAsKustomize(_ apiVersion: String, _ kind: String, _ scope: Scope) {
    #expect(Schema.kubernetes.scope(of: GroupVersionKind(apiVersion: apiVersion, kind: kind)) == scope)
  }

  @Test func knowsNoScopeOfTypesNewerThanKustomizesSchema() {
    let policy = GroupVersionKind(
      group: "admissionregistration.k8s.io", version: "v1", kind: "ValidatingAdmissionPolicy")
    #expect(Schema.kubernetes.scope(of: policy) == nil)
    #expect(BuiltInKinds.scope(of: policy) == .cluster)
  }

  @Test func knowsPlurals() {
    #expect(BuiltInKinds.kind(group: "networking.k8s.io", plural: "networkpolicies")?.type.kind == "NetworkPolicy")
    #expect(BuiltInKinds.kind(group: "", kind: "Endpoints")?.plural == "endpoints")
    #expect(BuiltInKinds.kind(Self.deployment)?.plural == "deployments")
    #expect(BuiltInKinds.kind(group: "apps", kind: "Widget") == nil)
  }

  static let widgets = """
    definitions:
      com.example.Widget:
        type: object
        properties:
          spec: {$ref: '#/definitions/com.example.WidgetSpec'}
        x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Widget}]
      com.example.WidgetSpec:
        type: object
        properties:
          parts:
            type: array
            items: {$ref: '#/definitions/com.example.Part'}
            x-kubernetes-patch-merge-key: id
            x-kubernetes-patch-strategy: merge
          byName:
            type: object
            additionalProperties: {$ref: '#/definitions/com.example.WidgetSpec'}
      com.example.Part: {type: object, properties: {id: {type: string}}}
      com.example.Loop: {$ref: '#/definitions/com.example.Loop'}
    paths:
      /apis/example.com/v1/widgets:
        get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Widget}}
    """

  @Test func readsAnOpenAPIDocument() throws {
    let schema = Schema(openAPI: try YAMLReader.read(text: Self.widgets)[0].root)
    let widget = GroupVersionKind(group: "example.com", version: "v1", kind: "Widget")
    let spec = try #require(schema.type(widget)?.field("spec"))
    #expect(spec.field("parts")?.mergeKeys == ["id"])
    #expect(spec.field("byName")?.field("anything")?.field("parts")?.mergesElements == true)
    #expect(spec.field("parts")?.elements?.field("id") != nil)
    #expect(spec.field("unknown") == nil)
    #expect(schema.scope(of: widget) == .cluster)
    #expect(schema.type(Self.deployment) == nil)
    #expect(schema.scope(of: Self.deployment) == .namespaced)
  }
}
