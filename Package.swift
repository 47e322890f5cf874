// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335: the cost of `any` is visible
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444: imports say what is used
]
/// For targets that call C: every unsafe expression is written down (SE-0458).
let overC: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

func system(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func library(
  _ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "sluice",
  products: [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // C libraries
    system("CLibYAML", pkgConfig: "yaml-0.1", debian: "libyaml-dev"),
    system("CLibGit2", pkgConfig: "libgit2", debian: "libgit2-dev"),
    system("CPCRE2", pkgConfig: "libpcre2-8", debian: "libpcre2-dev"),
    system("CLibArchive", pkgConfig: "libarchive", debian: "libarchive-dev"),

    // Ground
    library("Diagnostics", []),
    library("Workers", [], settings: overC),
    library("Files", ["Diagnostics"], settings: overC),

    // Engines
    library("YAML", ["Diagnostics", "CLibYAML"], settings: overC),
    library("Documents", ["Files", "YAML", "Diagnostics"]),
    library("Pattern", ["Diagnostics", "CPCRE2"], settings: overC),
    library("Git", ["Files", "Diagnostics", "CLibGit2"], settings: overC),
    library("GoTemplate", ["Diagnostics"]),
    library("CEL", ["Pattern"]),
    library("Versions", []),
    library("JSONSchema", ["YAML", "Pattern", "Diagnostics"]),

    // Vocabulary
    library("Kubernetes", ["YAML", "Pattern", "Diagnostics"]),

    library("Sprig", ["GoTemplate", "Pattern", "Versions", "YAML", "Diagnostics", crypto]),

    // Domain
    library("Kustomize", ["Kubernetes", "Documents", "YAML", "Files", "Pattern", "Diagnostics", crypto]),
    library("Flux", ["Kubernetes", "CEL", "YAML", "Pattern", "Versions", "Diagnostics", crypto]),

    library(
      "Helm",
      ["Sprig", "GoTemplate", "JSONSchema", "YAML", "Versions", "Files", "Pattern", "Diagnostics", "CLibArchive"],
      settings: overC),

    // Picture
    library("ClusterModel", ["Flux", "Kubernetes", "YAML", "Files", "Diagnostics"]),
    library(
      "Reconciler",
      [
        "ClusterModel", "Flux", "Kustomize", "Helm", "Sprig", "GoTemplate", "Kubernetes", "Versions", "Pattern", "YAML",
        "Documents", "Files", "Diagnostics", crypto,
      ]),

    // Judgement
    library("Policies", ["YAML", "Diagnostics"]),
    library(
      "Rules", ["ClusterModel", "Policies", "Flux", "Kubernetes", "YAML", "Files", "Diagnostics", crypto]),

    // Product
    library("Reports", ["Diagnostics"]),
    library(
      "Analysis",
      [
        "Reconciler", "Rules", "Policies", "Reports", "ClusterModel", "Flux", "Kubernetes", "YAML", "Documents",
        "Files",
        "Workers", "Diagnostics",
      ]),

    // Programs
    .executableTarget(
      name: "sluice",
      dependencies: [
        "Analysis", "Reports", "Rules", "Policies", "ClusterModel", "Flux", "Kubernetes", "Git", "YAML", "Files",
        "Workers", "Diagnostics", argumentParser,
      ],
      path: "Sources/sluice", swiftSettings: strict),

    library("Generate", ["Rules", "Policies", "YAML", "Files", "Diagnostics"]),
    .executableTarget(
      name: "sluice-dev",
      dependencies: [
        "Analysis", "Generate", "Reports", "Rules", "Policies", "Reconciler", "Kustomize", "Helm", "Flux", "Kubernetes",
        "YAML", "Documents", "Files", "Workers", "Diagnostics", "Sprig", "GoTemplate", "CEL", "CLibYAML",
        "ArchiveSamples",
        argumentParser,
      ],
      path: "Sources/sluice-dev", swiftSettings: strict),

    // Tests, in the same order
    .target(name: "ArchiveSamples", path: "Tests/ArchiveSamples", swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Files", "Diagnostics"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("WorkersTests", ["Workers"]),
    tests("FilesTests", ["Files", "Diagnostics"]),
    tests("YAMLTests", ["YAML", "Diagnostics"]),
    tests("PatternTests", ["Pattern", "Diagnostics"]),
    tests("JSONSchemaTests", ["JSONSchema", "Workers", "YAML", "Diagnostics"]),
    tests("GitTests", ["Git", "Files", "Diagnostics", "CLibGit2"]),
    tests("VersionsTests", ["Versions"]),
    tests("CELTests", ["CEL"]),
    tests("GoTemplateTests", ["GoTemplate", "Workers", "Diagnostics"]),
    tests("SprigTests", ["Sprig", "GoTemplate", "Diagnostics"]),
    tests("HelmTests", ["Helm", "Sprig", "GoTemplate", "Files", "YAML", "Workers", "Diagnostics", "ArchiveSamples"]),
    tests("KubernetesTests", ["Kubernetes", "YAML", "Diagnostics"]),
    tests("KustomizeTests", ["Kustomize", "YAML", "Files", "Documents", "Kubernetes", "Diagnostics"]),
    tests("FluxTests", ["Flux", "Kubernetes", "YAML", "Diagnostics", "TestSupport"]),
    tests("ClusterModelTests", ["ClusterModel", "Kubernetes", "YAML", "Diagnostics"]),
    tests(
      "ReconcilerTests",
      [
        "Reconciler", "ClusterModel", "Flux", "Kustomize", "Helm", "Kubernetes", "Documents", "Files", "YAML",
        "Diagnostics", "TestSupport", "ArchiveSamples",
      ]),
    tests("PoliciesTests", ["Policies", "YAML", "Diagnostics"]),
    tests(
      "RulesTests",
      [
        "Analysis", "Reports", "Rules", "Policies", "ClusterModel", "Flux", "Kubernetes", "YAML", "Files", "Workers",
        "Diagnostics", "TestSupport",
      ]),
    tests("ReportsTests", ["Reports", "Diagnostics"]),
    tests(
      "RepositoryTests",
      ["Generate", "Rules", "Policies", "JSONSchema", "YAML", "TestSupport", "Files", "Diagnostics"]),
    tests(
      "EndToEndTests", ["Analysis", "Reports", "Rules", "Policies", "Files", "Workers", "Diagnostics", "sluice"]),
  ]
)
