/// Where a value comes from: the place somebody typed it, and the steps that brought it where it is now.
///
/// A value keeps its origin through every transformation. What sets a value (a patch, `namespace:` of a
/// kustomization, `spec.targetNamespace` of a Flux object) gives it its own origin, with a step that says so.
public struct Origin: Sendable, Hashable {
  /// The file in which the value was written.
  public var file: SourceFile
  /// Where it stands in that file.
  public var span: SourceSpan
  /// The last step that touched it; nil for a value that is as written.
  public var lastStep: OriginStep?

  /// The origin of a value that stands in `file` at `span`.
  public init(file: SourceFile, span: SourceSpan, lastStep: OriginStep? = nil) {
    self.file = file
    self.span = span
    self.lastStep = lastStep
  }

  /// The origin of values that no file wrote. `of` names the maker in angle brackets, such as `<helm>`.
  public static func synthetic(_ maker: String) -> Origin {
    Origin(file: SourceFile(path: maker, bytes: []), span: .fileStart)
  }

  /// The place to point at.
  public var location: Location {
    Location(file: file, span: span)
  }

  /// This origin with one more step behind it.
  public func adding(_ kind: OriginStep.Kind, at location: Location) -> Origin {
    Origin(file: file, span: span, lastStep: OriginStep(kind, at: location, after: lastStep))
  }

  /// Whether a generator made the value, or took it out of a file.
  public var isGenerated: Bool { steps.contains { $0.kind == .generated } }

  /// The steps that brought the value here, last to first.
  public var steps: some Sequence<OriginStep> {
    sequence(state: lastStep) { next in
      defer { next = next?.earlier }
      return next
    }
  }

  /// The steps, first to last, as sentences with their places.
  public var trace: [RelatedLocation] {
    steps.map { RelatedLocation($0.kind.sentence, at: $0.location) }.reversed()
  }
}

/// One step in the life of a value, and the steps before it.
public final class OriginStep: Sendable, Hashable {
  /// What happened.
  public let kind: Kind
  /// The place that asked for it: the entry in a kustomization file, the field of a Flux object.
  public let location: Location
  /// The step before this one.
  public let earlier: OriginStep?

  /// A step of `kind` asked for at `location`, after the step `earlier`.
  public init(_ kind: Kind, at location: Location, after earlier: OriginStep? = nil) {
    self.kind = kind
    self.location = location
    self.earlier = earlier
  }

  /// What can happen to a value on its way.
  public enum Kind: Sendable, Hashable {
    /// Taken in by an entry of a kustomization's `resources`, `components`, `bases`.
    case included
    /// Set by a patch.
    case patched
    /// Set by a transformer; its name as in kustomize: `namespace`, `images`, `replicas` …
    case transformed(by: String)
    /// Made by `configMapGenerator`, `secretGenerator` or a generator file.
    case generated
    /// Copied by `replacements` or `vars` from another object.
    case replaced
    /// Text in which variables were replaced; the name is the variable's.
    case substituted(variable: String)
    /// Set by a field of the Flux object that reconciles it.
    case reconciled(field: String)
    /// Printed by a template of a chart or a ResourceSet.
    case rendered(template: String)
    /// Installed by a HelmRelease.
    case installed(by: String)
    /// Part of a HelmRelease's values, from the named place.
    case valued(from: String)

    /// What happened, as a sentence without a full stop.
    public var sentence: String {
      switch self {
      case .included: "included here"
      case .patched: "patched here"
      case .transformed(let name): "set by the \(name) transformer here"
      case .generated: "generated here"
      case .replaced: "replaced here"
      case .substituted(let variable): "${\(variable)} substituted here"
      case .reconciled(let field): "set by \(field) here"
      case .rendered(let template): "rendered by \(template)"
      case .installed(let release): "installed by \(release)"
      case .valued(let source): "value from \(source)"
      }
    }
  }

  /// The same kind at the same place after the same steps.
  public static func == (left: OriginStep, right: OriginStep) -> Bool {
    var (first, second): (OriginStep?, OriginStep?) = (left, right)
    while let one = first, let other = second {
      if one === other { return true }
      guard one.kind == other.kind, one.location == other.location else { return false }
      (first, second) = (one.earlier, other.earlier)
    }
    return first == nil && second == nil
  }

  /// Hashes the last step only: enough to tell most chains apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(location)
  }
}
