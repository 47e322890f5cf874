import ClusterModel
import Diagnostics
import Flux
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

  @Test func aListOfChecksumsMayHaveLineBreaks() throws {
    let annotations = [
      "ConfigMap/apps/one,ConfigMap/apps/two", "\"\\n ConfigMap/apps/one,\\n\\tConfigMap/apps/two ,\\n\"",
    ]
    let sums = try annotations.map { text in
      let cluster = try Fleet.cluster(
        set:
          """
          resources:
            - apiVersion: v1
              kind: ConfigMap
              metadata:
                name: sum
                namespace: apps
                annotations: {fluxcd.controlplane.io/checksumFrom: \(text.hasPrefix("\"") ? text : "\"\(text)\"")}
          """,
        ["a.yaml": Fleet.configMap("one", "{a: b}"), "b.yaml": Fleet.configMap("two", "{c: d}")])
      #expect(try Fleet.set(in: cluster).failure == nil)
      return try cluster.object("ConfigMap", "sum").manifest.annotation("fluxcd.controlplane.io/checksum")
    }
    #expect(sums[0] != nil && sums[0] == sums[1])
  }

  @Test func aCopyHasNoDataOfItsOwn() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: copy, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: apps/pictures}}
            data: {own: x}
            binaryData: {own: eA==}
        """,
      [
        "a.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: pictures, namespace: apps}
        binaryData: {icon: aGk=}
        """
      ])
    let copy = try cluster.object("ConfigMap", "copy").manifest.node
    #expect(copy["data"]?.mapping?.keys == [])
    #expect(copy["binaryData"]?.mapping?.keys == ["icon"])
  }

  private func converted(_ annotation: String, _ secret: String) throws -> Cluster {
    try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: remote, namespace: apps, annotations: {fluxcd.controlplane.io/convertKubeConfigFrom: "\(annotation)"}}
        """,
      ["s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: remote-admin, namespace: apps}\n\(secret)\n"])
  }

  @Test func aSecretWithoutAKubeConfigFailsTheResourceSet() throws {
    let other = try converted("apps/remote-admin", "stringData: {config: x}")
    let failure = try #require(try Fleet.set(in: other).failure)
    #expect(failure.message == "Secret/apps/remote-admin has no key 'kubeconfig' or 'value' with a kubeconfig")
    #expect(failure.location.description == "clusters/prod/set.yaml:8:109")
    #expect(other.gaps.isEmpty)
    let named = try converted("apps/remote-admin:value", "stringData: {kubeconfig: x}")
    #expect(
      try Fleet.set(in: named).failure?.message == "Secret/apps/remote-admin has no key 'value' with a kubeconfig")
    let empty = try converted("apps/remote-admin", "stringData: {value: x}")
    #expect(
      try Fleet.set(in: empty).failure?.message
        == "the kubeconfig in Secret/apps/remote-admin has no server or no certificate authority")
  }

  @Test func aKubeConfigThatIsEncryptedIsAGap() throws {
    let cluster = try converted(
      "apps/remote-admin", "stringData: {value: 'ENC[AES256_GCM,data:a,type:str]'}\nsops: {mac: x, version: 3.9.0}")
    #expect(try Fleet.set(in: cluster).failure == nil)
    #expect(cluster.gaps.map(\.kind).contains("copied-data-unknown"))
  }

  @Test func whatIsCopiedIsReadByTheResourceSet() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: copy, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: apps/settings}}
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: sum, namespace: apps, annotations: {fluxcd.controlplane.io/checksumFrom: "ConfigMap/apps/copy,Secret/apps/login"}}
        """, ["a.yaml": Fleet.configMap("settings", "{a: b}")])
    let read = cluster.dataReaders.filter { $0.reader.kind == "ResourceSet" }
    #expect(read.map(\.reference.ref.id.description) == ["ConfigMap/apps/settings", "Secret/apps/login"])
    let node = try #require(cluster.graph.nodes.firstIndex { $0.name == "settings" })
    #expect(
      cluster.graph.neededBy(node).filter { $0.kind == .reads }.map { cluster.graph.nodes[$0.from].kind } == [
        "ResourceSet"
      ])
  }
}
