import ClusterModel
import Diagnostics
import Kubernetes
import Testing
import YAML

@testable import Reconciler

/// Values that SOPS has encrypted are not known, in whatever format the file is.
@Suite struct EncryptionTests {
  private static let cipher = "ENC[AES256_GCM,data:Qm9vaw==,iv:AAAA,tag:BBBB,type:str]"

  private static let formats: [(String, String)] = [
    ("plain.env", "PORT=8080\nPASSWORD=\(cipher)\nsops_version=3.9.0\n"),
    ("config.yaml", "password: \(cipher)\nsops:\n  version: 3.9.0\n"),
    ("config.json", #"{"password": "\#(cipher)", "sops": {"version": "3.9.0"}}"#),
    ("config.ini", "[db]\npassword = \(cipher)\n[sops]\nversion = 3.9.0\n"),
    ("key.bin", #"{"data": "\#(cipher)", "sops": {"version": "3.9.0"}}"#),
  ]

  @Test func generatedFromEncryptedFiles() throws {
    var texts = Dictionary(uniqueKeysWithValues: Self.formats.map { ("clusters/prod/secrets/\($0.0)", $0.1) })
    texts["clusters/prod/secrets/kustomization.yaml"] = """
      generatorOptions: {disableNameSuffixHash: true}
      secretGenerator:
        - {name: files, namespace: apps, files: [config.yaml, config.json, config.ini, key.bin]}
        - {name: env, namespace: apps, envs: [plain.env]}
      configMapGenerator:
        - {name: open, namespace: apps, literals: [size=small], files: [config.ini]}
      """
    let cluster = try Fleet.cluster(texts)
    let expected = ["data.config.ini", "data.config.json", "data.config.yaml", "data.key.bin"]
    #expect(try cluster.object("Secret", "files").unknownPaths.sorted() == expected)
    #expect(try cluster.object("Secret", "env").unknownPaths == ["data.PASSWORD"])
    #expect(try cluster.object("ConfigMap", "open").unknownPaths == ["data.config.ini"])
  }

  /// The names in a Secret are known, its values never are, encrypted or not: nothing may print them.
  @Test func aSecretTellsWhichVariablesThereAre() throws {
    let cluster = try Fleet.cluster([
      "clusters/prod/vars.yaml": """
      apiVersion: v1
      kind: Secret
      metadata: {name: vars, namespace: flux-system}
      stringData: {REGION: eu, TOKEN: "\(Self.cipher)"}
      sops: {version: 3.9.0, encrypted_regex: TOKEN}
      """,
      "clusters/prod/apps.yaml": """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec:
        interval: 10m
        path: ./apps
        prune: true
        sourceRef: {kind: GitRepository, name: flux-system}
        postBuild: {substituteFrom: [{kind: Secret, name: vars}]}
      """,
      "apps/config.yaml": Fleet.configMap("config", #"{region: "${REGION}", token: "a-${TOKEN}"}"#),
    ])
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.isDone && apps.undefinedVariables.isEmpty)
    let config = try cluster.object("ConfigMap", "config")
    #expect(config.unknownPaths == ["data.region", "data.token"])
    #expect(config.manifest.node["data"]?["region"]?.scalar?.text.contains("eu") == false)
    #expect(cluster.gaps.map(\.kind) == ["variables-unknown"])
  }
}
