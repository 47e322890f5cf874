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
  }

  /// The identity with the name that somebody wrote: the hash is another one in each cluster, and after each change.
  var writtenID: ObjectID {
    guard hasHashedName else { return id }
    var written = id
    written.name = String(id.name.dropLast(11))
    return written
  }
}
