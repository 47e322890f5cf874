import ClusterModel
import Kubernetes
import Testing
import YAML

@Suite struct ApplyStageTests {
  @Test(arguments: [
    ("apiextensions.k8s.io", "CustomResourceDefinition", ApplyStage.definitions), ("", "Namespace", .definitions),
    ("rbac.authorization.k8s.io", "ClusterRole", .definitions),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding", .rest), ("storage.k8s.io", "StorageClass", .classes),
    ("gateway.networking.k8s.io", "GatewayClass", .classes), ("example.com", "Widget", .custom),
    ("other.com", "Widget", .rest), ("apps", "Deployment", .rest),
  ])
  func stages(_ group: String, _ kind: String, _ stage: ApplyStage) {
    let type = GroupVersionKind(group: group, version: "v1", kind: kind)
    #expect(ApplyStage(of: type, custom: ["example.com/Widget"]) == stage)
  }

  @Test(arguments: [
    ("apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}", "", "_apps__Namespace"),
    ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}", "apps", "apps_web_apps_Deployment"),
    (
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'system:a:b'}", "",
      "_system__a__b_rbac.authorization.k8s.io_ClusterRole"
    ),
  ])
  func inventoryIDs(_ text: String, _ namespace: String, _ expected: String) throws {
    let manifest = try #require(Manifest(YAMLReader.read(text: text)[0].root))
    var id = manifest.id
    id.namespace = namespace
    let object = AppliedObject(manifest: manifest, id: id, trace: [], reconciliation: 0, flux: nil)
    #expect(object.inventoryID == expected)
  }
}
