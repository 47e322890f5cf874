import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import YAML

/// `strategy: Merge`: mappings are merged key by key, everything else is replaced, all documents of a file are one.
struct FileMerge {
  let copy: CopyOperation
  let repository: any DocumentTree

  /// `base` with `overlay` merged over it. It has no file in the repository, but its values keep their places.
  func merged(
    base: ComposedArtifact.Entry, over overlay: ComposedArtifact.Entry, at path: RepoPath
  ) throws(CompositionError) -> ComposedArtifact.Entry {
    let root = ValuesMerge.merged(try content(of: base, at: path), over: try content(of: overlay, at: path))
    do throws(YAMLError) {
      let file = SourceFile(
        path: "<merged \(path)>", bytes: try YAMLEmitter.emit(root, style: .toYAML))
      return ComposedArtifact.Entry(
        file: file, parts: base.parts + overlay.parts, content: .merged([Document(root: root, index: 0)]),
        copiedBy: overlay.copiedBy)
    } catch {
      throw notMergeable(path, error.message)
    }
  }

  private func content(of entry: ComposedArtifact.Entry, at path: RepoPath) throws(CompositionError) -> Node {
    var whole = Node(.mapping(Mapping()), origin: copy.from.origin)
    for document in try documents(of: entry, at: path) where !document.isEmpty {
      guard document.root.mapping != nil else { throw notMergeable(path, "a document in it is no mapping") }
      whole = ValuesMerge.merged(whole, over: document.root)
    }
    return whole
  }

  private func documents(of entry: ComposedArtifact.Entry, at path: RepoPath) throws(CompositionError) -> [Document] {
    do { return try entry.documents(in: repository) ?? [] } catch { throw notMergeable(path, error.message) }
  }

  private func notMergeable(_ path: RepoPath, _ reason: String) -> CompositionError {
    CompositionError(
      .notMergeable(path: path.string), "'\(path)' cannot be merged: \(reason)",
      at: copy.copy.strategy?.origin ?? copy.from.origin)
  }
}
