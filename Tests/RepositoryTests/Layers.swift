/// Which of our targets each target may import. Imports point down only.
enum Layers {
  /// From the ground up; the system libraries count as ours.
  static let allowed: [String: Set<String>] = [
    "CLibYAML": [], "CLibGit2": [], "CPCRE2": [], "CLibArchive": [],
    // Ground
    "Diagnostics": [],
    "Workers": [],
    "Versions": [],
    "Files": ["Diagnostics"],
    // Engines
    "YAML": ["Diagnostics", "CLibYAML"],
    "Documents": ["Files", "YAML", "Diagnostics"],
    "Pattern": ["Diagnostics", "CPCRE2"],
    "Git": ["Files", "Diagnostics", "CLibGit2"],
    "GoTemplate": ["Diagnostics"],
    "CEL": ["Pattern"],
    "JSONSchema": ["YAML", "Pattern", "Diagnostics"],
    "Sprig": ["GoTemplate", "Pattern", "Versions", "YAML", "Diagnostics"],
    // Vocabulary
    "Kubernetes": ["YAML", "Pattern", "Diagnostics"],
    "Flux": ["Kubernetes", "CEL", "YAML", "Pattern", "Versions", "Diagnostics"],
    // Domain
    "Kustomize": ["Kubernetes", "Documents", "YAML", "Files", "Pattern", "Diagnostics"],
    "Helm": [
      "Sprig", "GoTemplate", "JSONSchema", "YAML", "Kubernetes", "Documents", "Files", "Pattern", "Versions",
      "Diagnostics",
      "CLibArchive",
    ],
    // Picture
    "ClusterModel": ["Flux", "Kubernetes", "YAML", "Files", "Diagnostics"],
    "Reconciler": [
      "ClusterModel", "Flux", "Kustomize", "Helm", "GoTemplate", "Sprig", "Kubernetes", "Versions", "Pattern", "YAML",
      "Documents", "Files", "Diagnostics",
    ],
    // Judgement
    "Policies": ["YAML", "Diagnostics"],
    "Rules": ["ClusterModel", "Policies", "Flux", "Kubernetes", "YAML", "Files", "Diagnostics"],
    // Product
    "Reports": ["Diagnostics"],
    "Analysis": [
      "Reconciler", "Rules", "Policies", "Reports", "ClusterModel", "Flux", "Kustomize", "Helm", "Kubernetes", "YAML",
      "Documents", "Files", "Workers", "Diagnostics",
    ],
    "sluice": [
      "Analysis", "Reports", "Rules", "Policies", "ClusterModel", "Flux", "Kubernetes", "Git", "YAML", "Files",
      "Workers", "Diagnostics",
    ],
  ]

  /// What is not shipped may use anything.
  static let free: Set = ["sluice-dev", "Generate"]

  /// Sprig and YAML need its mathematics only.
  private static let libC: Set = ["Files", "Git", "Workers", "Sprig", "YAML", "sluice", "sluice-dev"]

  /// Modules of others, and who may use them. `Foundation` is for tests and tools only: it would be most of the program.
  static let foreign: [String: Set<String>] = [
    "ArgumentParser": ["sluice", "sluice-dev"],
    "Crypto": ["Flux", "Kustomize", "Sprig", "Helm", "Reconciler", "Rules", "Reports"],
    "Glibc": libC, "Musl": libC, "Darwin": libC,
    "Synchronization": ["Git", "Workers"],
    "FoundationEssentials": ["Sprig"],
    "Foundation": ["sluice-dev"],
  ]
}
