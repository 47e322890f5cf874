import ClusterModel
import Diagnostics
import Kubernetes
import YAML

extension AppliedObject {
  /// Whether a generator made it with a name that ends in a hash of its content: a change then changes its readers, too.
  var hasHashedName: Bool {
    let isGenerated = (manifest.origin.lastStep == nil ? manifest.node.origin : manifest.origin).isGenerated
    let suffix = id.name.utf8.split(separator: UInt8(ascii: "-")).last ?? Substring(id.name).utf8
    return isGenerated && suffix.count == 10 && suffix.count < id.name.utf8.count
      && suffix.allSatisfy { Self.letters.contains($0) }
  }

  /// The letters of kustomize's hashes: hexadecimal digits, some of them replaced so that no words come about.
  ///
  /// Source: `encode` in sigs.k8s.io/kustomize/api/hasher.
  private static let letters = Set("2456789bcdfghkmt".utf8)

  /// The identity with the name that somebody wrote: the hash is another one in each cluster, and after each change.
  var writtenID: ObjectID {
    guard hasHashedName else { return id }
    var written = id
    written.name = String(id.name.dropLast(11))
    return written
  }
}
