import Kubernetes
import YAML

extension Manifest {
  /// Whether this object is encrypted by SOPS, in whole or part: its values are not known.
  var isEncrypted: Bool {
    node["sops"]?.mapping != nil
  }
}
