import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import Reconciler
import YAML

/// One Flux Kustomization to build, with the objects its variables come from.
struct FluxBuildCase {
  let kustomization: Kustomization
  let objects: [Manifest]
  let isStrict: Bool

  /// Reads `ks.yaml` and `objects.yaml` of a case; nil where there is no Kustomization.
  init?(_ folder: CorpusFolder, at path: String, isStrict: Bool) {
    guard let written = folder.document("\(path)/ks.yaml"),
      // The API server gets what sigs.k8s.io/yaml makes of a file: a key `n` is false there.
      let bytes = try? YAMLEmitter.emit(written, style: .toYAML),
      let node = (try? YAMLReader.read(SourceFile(path: "ks.yaml", bytes: bytes)))?.first?.root,
      let manifest = Manifest(node)
    else { return nil }
    kustomization = Kustomization(manifest)
    let file = SourceFile(path: "objects.yaml", bytes: folder.bytes("\(path)/objects.yaml") ?? [])
    objects = ((try? YAMLReader.read(file)) ?? []).compactMap { Manifest($0.root) }
    self.isStrict = isStrict
  }

  /// What the build gives as YAML, or why it fails.
  func run(in tree: any DocumentTree) -> Result<String, FluxBuildFailure> {
    do {
      var build = FluxBuild(kustomization, artifact: tree, remotePolicy: .refuse)
      do { build.variables = try variables() } catch {
        // Flux looks for them when it has an object to put them into.
        guard try build.run().objects.isEmpty else { throw error }
      }
      let result = try build.run()
      if isStrict, let first = result.undefined.first {
        return .failure(FluxBuildFailure("variable not set (strict mode): \"\(first.use.name)\""))
      }
      let bytes = try YAMLEmitter.emit(result.objects.map(\.manifest.node))
      return .success(String(decoding: bytes, as: UTF8.self))
    } catch let error as any PlacedError {
      return .failure(FluxBuildFailure(error.report))
    } catch let error as FluxBuildFailure {
      return .failure(error)
    } catch {
      return .failure(FluxBuildFailure("\(error)"))
    }
  }

  /// The kustomization that Flux writes before it builds.
  func generated(in tree: any DocumentTree) -> Result<Node, FluxBuildFailure> {
    do { return .success(try FluxBuild(kustomization, artifact: tree).topKustomization()) } catch {
      return .failure(FluxBuildFailure(error.report))
    }
  }

  private func variables() throws -> SubstitutionVariables {
    var found: [SubstitutionVariables.Variable] = []
    for source in kustomization.postBuild?.substituteFrom ?? [] {
      guard let ref = source.ref else { continue }
      guard let object = objects.first(where: { $0.kind == ref.kind && $0.name == ref.name }) else {
        if source.optional?.value == true { continue }
        throw FluxBuildFailure("substitute from '\(ref.kind)/\(ref.name)' error: not found")
      }
      found += Self.entries(of: object, "data", isEncoded: ref.kind == "Secret")
      if ref.kind == "Secret" { found += Self.entries(of: object, "stringData", isEncoded: false) }
    }
    for entry in kustomization.postBuild?.substitute ?? [] {
      found.append(.init(name: entry.key.value, value: entry.value.value, origin: entry.value.origin))
    }
    return SubstitutionVariables(found)
  }

  private static func entries(
    of object: Manifest, _ section: String, isEncoded: Bool
  ) -> [SubstitutionVariables.Variable] {
    (object.node[section]?.mapping?.entries ?? []).compactMap { entry in
      guard var scalar = entry.value.scalar else { return nil }
      if isEncoded { scalar = Scalar(scalar.text, style: .plain, tag: .binary) }
      guard case .string(let text) = scalar.resolved else { return nil }
      return .init(name: entry.key.text, value: text, origin: entry.value.origin)
    }
  }
}

/// Why a build fails.
struct FluxBuildFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
