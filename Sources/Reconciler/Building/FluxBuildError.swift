import Diagnostics
import Documents
import Flux
import Kustomize

/// Why a Flux Kustomization cannot be built.
public struct FluxBuildError: PlacedError {
  /// What is wrong.
  public enum Code: Sendable {
    /// `spec.path` is no text.
    case invalidPath(FluxDecodeProblem)
    /// `spec.path` is not in the artifact.
    case pathMissing(String)
    /// `spec.path` names a file.
    case pathIsFile(String)
    /// Two kustomization files stand side by side.
    case severalKustomizations([String])
    /// A field of the kustomization file has the wrong type.
    case field(String, wanted: String)
    /// A component is a URL or an absolute path.
    case componentNotLocal(String)
    /// An object lacks its name, kind or API version.
    case incompleteObject(String)
    /// Substitution gives an object the identity of another.
    case sameIdentity(String)
    /// A file cannot be read.
    case document(DocumentError)
    /// kustomize cannot build it.
    case kustomize(KustomizeError)
    /// Variables cannot be substituted in an object.
    case substitution(SubstitutionError, object: String)
    /// The objects are too large together once variables are substituted, in bytes.
    case tooLong(limit: Int)
  }

  /// What is wrong.
  public var code: Code
  private var origin: Origin

  /// An error at a place.
  public init(_ code: Code, at origin: Origin) {
    self.code = code
    self.origin = origin
  }

  private var cause: (any PlacedError)? {
    switch code {
    case .document(let error): error
    case .kustomize(let error): error
    case .substitution(let error, _): error
    default: nil
    }
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .invalidPath(let problem): problem.message
    case .pathMissing(let path): "kustomization path '\(path)' is not in the artifact"
    case .pathIsFile(let path): "kustomization path '\(path)' is a file, not a directory"
    case .severalKustomizations(let names): "only one of \(names.joined(separator: " and ")) may stand in a directory"
    case .field(let name, let wanted): "\(name) must be \(wanted)"
    case .componentNotLocal(let path): "component path '\(path)' must be local and relative"
    case .incompleteObject(let what): "an object of the build has no \(what)"
    case .sameIdentity(let object): "after substitution two objects of the build are \(object)"
    case .substitution(let error, let object): "\(object): \(error.message)"
    case .tooLong(let limit): "after substitution the objects of the build are longer than \(limit) bytes"
    case .document(let error): error.message
    case .kustomize(let error): error.message
    }
  }

  /// What to do, in a sentence; nil where the reason says it all.
  public var remedy: String? {
    switch code {
    case .substitution(let error, _): error.remedy
    case .kustomize(let error): error.remedy
    case .severalKustomizations: "Keep one of the files."
    case .field(let name, let wanted): "Write \(wanted) under `\(name)`."
    case .componentNotLocal: "Name a directory of the repository, as seen from `spec.path`."
    case .incompleteObject(let what): "Give the object its \(what), or take it out."
    case .sameIdentity: "Give one of them another name or namespace: the variables make them one."
    case .tooLong: "Put shorter values into the variables, or fewer of them into the objects."
    case .invalidPath, .pathMissing, .pathIsFile, .document: nil
    }
  }

  /// Where.
  public var location: Location? { cause?.location ?? origin.location }
  /// Places that led there.
  public var trace: [RelatedLocation] { cause?.trace ?? origin.trace }
}

extension KustomizeError {
  /// What to do, in a sentence; nil where the reason says it all.
  fileprivate var remedy: String? {
    switch code {
    case .loading where text.contains("${"): "Write the path out, or give each value of the variable its own overlay."
    case .loading: "Correct the entry, add what it names, or take it out."
    case .field: "Correct the field."
    case .patch: "Correct the patch, or what it is to change."
    case .selector: "Correct the selector."
    case .replacement: "Correct what the replacement names as its source or target."
    case .generator: "Correct what the generator is given."
    case .reference: "Correct the name, or take in the object that it means."
    case .conflict: "Take one of the two out, or give it another name or namespace."
    case .cycle: "Take out the entry that leads back."
    case .object, .remote, .limit: nil
    }
  }
}
