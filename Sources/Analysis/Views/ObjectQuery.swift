import ClusterModel
import Kubernetes

/// The name of an object as people type it: `Kind/namespace/name`, or `Kind/name` for any namespace. The kind can be a
/// short name, a plural, or be followed by its group: `kustomization.kustomize.toolkit.fluxcd.io`.
public struct ObjectQuery: Sendable, Hashable, CustomStringConvertible {
  /// The kind in lower case, short names spelled out.
  public var kind: String
  /// The API group, or the beginning of it; nil for any.
  public var group: String?
  /// Nil for any.
  public var namespace: String?
  /// The name.
  public var name: String
  /// As it was typed.
  public let description: String

  /// Reads a name; nil when it has no kind or too many parts.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), let name = parts.last else { return nil }
    let type = parts[0].lowercased().split(separator: ".", maxSplits: 1).map(String.init)
    guard let kind = type.first else { return nil }
    self.kind = Self.shortNames[kind] ?? kind
    group = type.count > 1 ? Self.group(type[1]) : nil
    namespace = parts.count == 3 ? parts[1] : nil
    self.name = name
    description = text
  }

  /// The names that kubectl takes for Flux's kinds and the most common others.
  private static let shortNames = [
    "ks": "kustomization", "hr": "helmrelease", "gitrepo": "gitrepository", "ocirepo": "ocirepository",
    "helmrepo": "helmrepository", "hc": "helmchart", "ea": "externalartifact", "ag": "artifactgenerator",
    "imgrepo": "imagerepository", "imgpol": "imagepolicy", "imagepol": "imagepolicy", "iua": "imageupdateautomation",
    "imgupd": "imageupdateautomation", "imageupd": "imageupdateautomation", "rset": "resourceset",
    "rsip": "resourcesetinputprovider", "deploy": "deployment", "svc": "service", "cm": "configmap",
    "ns": "namespace", "sa": "serviceaccount", "sts": "statefulset", "ds": "daemonset", "ing": "ingress",
    "crd": "customresourcedefinition", "pvc": "persistentvolumeclaim", "pv": "persistentvolume",
    "cj": "cronjob", "hpa": "horizontalpodautoscaler", "pdb": "poddisruptionbudget", "netpol": "networkpolicy",
    "sc": "storageclass", "po": "pod", "rs": "replicaset",
  ]

  /// What follows the kind: a group, or as kubectl writes it a version and a group.
  private static func group(_ text: String) -> String? {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard let first = parts.first, first.hasPrefix("v"), first.dropFirst().first?.isNumber == true else { return text }
    return parts.count > 1 ? parts[1] : nil
  }

  /// Whether `id` is meant.
  public func matches(_ id: ObjectID) -> Bool {
    means(kindOf: id) && id.name == name && (namespace == nil || id.namespace == namespace)
  }

  /// Whether objects of the kind of `id` are meant.
  func means(kindOf id: ObjectID) -> Bool {
    guard group.map({ id.group == $0 || id.group.hasPrefix($0 + ".") }) ?? true else { return false }
    let own = id.kind.lowercased()
    return own == kind || plurals(of: own).contains(kind)
  }

  private func plurals(of kind: String) -> [String] {
    kind.hasSuffix("y") ? [kind.dropLast() + "ies"] : [kind + "s", kind + "es"]
  }
}
