import Foundation

/// A Flux repository of any size, made like those that people write: one cluster, a folder for each application.
struct SyntheticRepository {
  let kustomizations: Int
  let helmReleases: Int

  /// As long as the chains of `dependsOn` are.
  private static let chain = 20

  /// Writes all files below `directory`, which must not be there yet.
  func write(to directory: String) throws {
    let root = URL(fileURLWithPath: directory)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: false)
    try write(cluster, to: "clusters/production/flux-system/gotk-sync.yaml", below: root)
    for number in 0..<kustomizations {
      try write(kustomization(number), to: "clusters/production/apps/app-\(number).yaml", below: root)
      try write(application(number), to: "apps/app-\(number)/application.yaml", below: root)
      let releases = stride(from: number, to: helmReleases, by: kustomizations)
      for release in releases {
        try write(helmRelease(release), to: "apps/app-\(number)/release-\(release).yaml", below: root)
      }
      let files = ["application.yaml"] + releases.map { "release-\($0).yaml" }
      try write(
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: app-\(number)
        resources:
        \(files.map { "  - \($0)\n" }.joined())
        """, to: "apps/app-\(number)/kustomization.yaml", below: root)
    }
  }

  private func write(_ text: String, to path: String, below root: URL) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private var cluster: String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata:
      name: flux-system
      namespace: flux-system
    spec:
      interval: 1m
      ref:
        branch: main
      url: https://git.example.com/platform/fleet
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: flux-system
      namespace: flux-system
    spec:
      interval: 10m
      path: ./clusters/production
      prune: true
      sourceRef:
        kind: GitRepository
        name: flux-system

    """
  }

  private func kustomization(_ number: Int) -> String {
    let dependency = number % Self.chain == 0 ? "" : "  dependsOn:\n    - name: app-\(number - 1)\n"
    return """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: app-\(number)
        namespace: flux-system
      spec:
        interval: 10m
        timeout: 5m
        path: ./apps/app-\(number)
        prune: true
        wait: true
      \(dependency)  sourceRef:
          kind: GitRepository
          name: flux-system
        postBuild:
          substitute:
            replicas: "\(number % 5 + 1)"

      """
  }

  private func application(_ number: Int) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: app-\(number)
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      values.yaml: |
        replicas: ${replicas}
        host: app-\(number).example.com
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: ${replicas}
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: registry.example.com/app-\(number):1.0.\(number)
              ports:
                - containerPort: 8080
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 8080

    """
  }

  private func helmRelease(_ number: Int) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata:
      name: charts-\(number)
    spec:
      interval: 1h
      url: https://charts.example.com/team-\(number)
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata:
      name: release-\(number)
    spec:
      interval: 30m
      chart:
        spec:
          chart: service
          version: 1.2.\(number)
          sourceRef:
            kind: HelmRepository
            name: charts-\(number)
      valuesFrom:
        - kind: ConfigMap
          name: settings
      values:
        service:
          port: 8080
        resources:
          requests:
            memory: 64Mi

    """
  }
}
