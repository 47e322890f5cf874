/// Where objects live whose types are not Kubernetes' own but widely used, as their definitions say.
///
/// A repository seldom holds these definitions: charts bring them.
public enum CommonKinds {
  /// The scope of a widely used type; nil for any other.
  public static func scope(group: String, kind: String) -> Scope? {
    guard let clusterKinds = clusterKinds[group] else { return nil }
    return clusterKinds.contains(kind) || clusterKinds.contains("*") ? .cluster : .namespaced
  }

  /// For each group the kinds that are of the cluster scope; all others of the group live in namespaces. `*` is all.
  private static let clusterKinds: [String: Set<String>] = [
    "acme.cert-manager.io": [],
    "argoproj.io": ["ClusterWorkflowTemplate", "ClusterAnalysisTemplate"],
    "autoscaling.k8s.io": [],
    "bitnami.com": [],
    "ceph.rook.io": [],
    "cert-manager.io": ["ClusterIssuer"],
    "constraints.gatekeeper.sh": ["*"],
    "external-secrets.io": ["ClusterExternalSecret", "ClusterSecretStore", "ClusterPushSecret"],
    "gateway.envoyproxy.io": [],
    "gateway.networking.k8s.io": ["GatewayClass"],
    "generators.external-secrets.io": ["ClusterGenerator"],
    "grafana.integreatly.org": [],
    "k8s.cni.cncf.io": [],
    "keda.sh": ["ClusterTriggerAuthentication"],
    "kyverno.io": ["ClusterPolicy", "ClusterCleanupPolicy", "GlobalContextEntry"],
    "longhorn.io": [],
    "metallb.io": [],
    "monitoring.coreos.com": [],
    "networking.istio.io": [],
    "postgresql.cnpg.io": ["ClusterImageCatalog"],
    "secrets-store.csi.x-k8s.io": [],
    "security.istio.io": [],
    "snapshot.storage.k8s.io": ["VolumeSnapshotContent", "VolumeSnapshotClass"],
    "telemetry.istio.io": [],
    "templates.gatekeeper.sh": ["*"],
    "traefik.containo.us": [],
    "traefik.io": [],
    "velero.io": [],
    "volsync.backube": [],
  ]
}
