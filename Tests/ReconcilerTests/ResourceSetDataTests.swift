import ClusterModel
import Diagnostics
import Kubernetes
import Testing
import YAML

@testable import Reconciler

/// Data that a ResourceSet takes from other objects in the cluster.
@Suite struct ResourceSetDataTests {
  @Test func copiesDataWithItsPlaces() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              name: copy
              namespace: apps
              annotations: {fluxcd.controlplane.io/copyFrom: apps/settings}
          - apiVersion: v1
            kind: Secret
            metadata:
              name: login
              namespace: apps
              annotations: {fluxcd.controlplane.io/copyFrom: apps/login-source}
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              name: sum
              namespace: apps
              annotations: {fluxcd.controlplane.io/checksumFrom: ConfigMap/apps/copy}
        """,
      [
        "z.yaml": Fleet.configMap("settings", "{domain: example.com}"),
        "s.yaml": """
        apiVersion: v1
        kind: Secret
        metadata: {name: login-source, namespace: apps}
        data: {user: YWRtaW4=}
        stringData: {host: db}
        """,
      ])
    let copy = try cluster.object("ConfigMap", "copy").manifest.node["data"]
    #expect(copy?["domain"]?.scalar?.text == "example.com")
    #expect(copy?["domain"]?.origin.location.description == "clusters/prod/z.yaml:4:16")
    let login = try cluster.object("Secret", "login").manifest.node
    #expect(login["type"]?.scalar?.text == "Opaque")
    #expect(login["stringData"]?["user"]?.scalar?.text == "admin")
    #expect(login["stringData"]?["host"]?.scalar?.text == "db")
    // printf 'ConfigMap/apps/copy\0domain\0example.com\0' | sha256sum
    #expect(
      try cluster.object("ConfigMap", "sum").manifest.annotation("fluxcd.controlplane.io/checksum")
        == "sha256:04099b8a26ffd51d4803aaf7f9fd25d1b3826919c6850c5c8c500b2ec9077c44")
    #expect(cluster.gaps.isEmpty)
  }

  @Test func dataThatIsNotThereIsAGap() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: Secret
            metadata:
              name: login
              namespace: apps
              annotations: {fluxcd.controlplane.io/copyFrom: apps/absent}
        """)
    #expect(cluster.gaps.map(\.kind) == ["copied-data-unknown"])
    #expect(try cluster.object("Secret", "login").unknownPaths == ["stringData"])
    let malformed = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: absent}}
        """)
    let failure = try #require(try Fleet.set(in: malformed).failure)
    #expect(failure.location.description == "clusters/prod/set.yaml:8:91")
  }

  @Test func convertsAKubeConfig() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              name: remote
              namespace: apps
              annotations: {fluxcd.controlplane.io/convertKubeConfigFrom: "apps/remote-admin:config"}
        """,
      [
        "s.yaml": """
        apiVersion: v1
        kind: Secret
        metadata: {name: remote-admin, namespace: apps}
        stringData:
          config: |
            clusters:
              - name: one
                cluster: {server: "https://remote.example.com", certificate-authority-data: Y2VydA==}
        """
      ])
    let data = try cluster.object("ConfigMap", "remote").manifest.node["data"]
    #expect(data?["address"]?.scalar?.text == "https://remote.example.com")
    #expect(data?["ca.crt"]?.scalar?.text == "cert")
  }
}
