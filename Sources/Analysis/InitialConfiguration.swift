import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies
import YAML

/// A first `.sluice.yaml`, commented, from what is found in a repository.
public enum InitialConfiguration {
  /// The text of the file.
  public static func text(for model: RepositoryModel) -> String {
    [header, packs, entryPoints(model), environments(model), tenants(model), sources(model), externals]
      .joined(separator: "\n")
  }

  private static let header = """
    # What Sluice needs to know that the manifests do not say. Every key is optional.
    # The schema is docs/schemas/config-v1.json in the Sluice repository.
    version: 1

    """

  private static let packs = """
    # Sets of rules: recommended, production, multi-tenant, regulated. `sluice rules` lists the rules,
    # `sluice explain RULE` tells what one finds and what can be set.
    packs: [recommended]

    # rules:
    #   chart-version-unpinned: {severity: warning}
    #   source-ref-default: off

    """

  private static func entryPoints(_ model: RepositoryModel) -> String {
    let found = model.clusters.map { "#   \($0.name): \($0.entryPoint.path), found \($0.entryPoint.kind.words)\n" }
      .joined()
    return """
      # Clusters are found by themselves:
      \(found.isEmpty ? "#   none so far\n" : found)# To name them instead (then only these are looked at):
      # entryPoints:
      #   - {cluster: production, path: clusters/production}

      """
  }

  private static func environments(_ model: RepositoryModel) -> String {
    let names = model.clusters.filter { cluster in
      let path = cluster.entryPoint.path.string
      return Configuration().environmentClass(cluster: cluster.name, path: path, namespace: "") == .production
    }.map(\.name)
    guard !names.isEmpty else {
      return """
        # Which clusters are production. Without this, those with prod, production, prd or live in their names.
        # environments:
        #   - {name: production, class: production, clusters: ["prod-*"]}

        """
    }
    return """
      # Rules for production apply to these clusters.
      environments:
        - name: production
          class: production
          clusters: [\(names.map(quoted).joined(separator: ", "))]

      """
  }

  private static func tenants(_ model: RepositoryModel) -> String {
    var namespaces: [String: Set<String>] = [:]
    for object in model.clusters.flatMap(\.objects) where object.id.kind == "Namespace" && object.id.group.isEmpty {
      if let tenant = object.manifest.label("toolkit.fluxcd.io/tenant") {
        namespaces[tenant, default: []].insert(object.id.name)
      }
    }
    guard !namespaces.isEmpty else {
      return """
        # Teams that share the clusters. Without this, namespaces with the label toolkit.fluxcd.io/tenant.
        # tenants:
        #   - {name: payments, namespaces: ["payments", "payments-*"]}

        """
    }
    let entries = namespaces.sorted { $0.key < $1.key }.map { tenant, names in
      "  - name: \(quoted(tenant))\n    namespaces: [\(names.sorted().map(quoted).joined(separator: ", "))]\n"
    }
    return "# By the labels toolkit.fluxcd.io/tenant.\ntenants:\n\(entries.joined())"
  }

  private static func sources(_ model: RepositoryModel) -> String {
    var urls: Set<String> = []
    for cluster in model.clusters {
      for reconciliation in cluster.reconciliations where reconciliation.kind == .kustomization {
        guard case .external(let id) = reconciliation.source, let source = cluster.object(id),
          let url = source.manifest.node[path: "spec", "url"]?.scalar?.text
        else { continue }
        urls.insert(url)
      }
    }
    let entries = urls.sorted().map { "#   - {url: \(quoted($0)), path: ../\($0.lastPart)}\n" }
    return """
      # Other repositories whose files lie in a folder of this one: what Flux takes from them is then analysed too.
      # sources:
      \(entries.isEmpty ? "#   - {url: \"https://git.example.com/team/deploy\", path: vendor/deploy}\n" : entries.joined())
      """
  }

  private static let externals = """
    # What exists in the clusters although nothing here creates it.
    # externals:
    #   secrets: [{namespace: flux-system, name: slack-webhook}]
    #   configMaps: [{namespace: flux-system, name: cluster-settings}]
    #   namespaces: [kube-system]

    # Findings that are accepted, each with a reason, and until when.
    # suppressions:
    #   - {rule: chart-version-unpinned, object: "HelmRelease/apps/*", reason: "tested nightly", until: 2027-01-31}

    """

  /// Text in double quotes, safe in YAML whatever it holds.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars where scalar.value >= 0x20 {
      if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

extension String {
  /// What is behind the last slash.
  fileprivate var lastPart: String {
    split(separator: "/").last.map(String.init) ?? self
  }
}
