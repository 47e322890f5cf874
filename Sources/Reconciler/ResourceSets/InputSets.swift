import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// The inputs of a ResourceSet: its own and those of providers, combined (flux-operator, internal/inputs).
struct InputSets {
  /// As many combinations as the operator makes.
  static let permutationLimit = 10_000

  /// One mapping for each time that the templates are rendered.
  private(set) var combined: [Node] = []
  /// What cannot be known, or why there are none.
  private(set) var failure: Failure?
  /// Whether an `id` in them is made up, because a cluster makes the real one.
  private(set) var hasMadeUpIDs = false

  enum Failure {
    case gap(String, place: Location, help: String)
    case problem(String, place: Location)
  }

  /// Who gives inputs, and which.
  private struct Provider {
    var id: ObjectID
    var inputs: [Node]
    var place: Origin
  }

  /// - Parameter objects: the objects that are in the cluster by now.
  init(of set: ResourceSet, objects: [AppliedObject]) {
    var providers = [Provider(id: set.id, inputs: set.inputs.map(\.settled), place: set.origin)]
    var known: Set<ObjectID> = []
    var found: [Provider] = []
    for source in set.inputsFrom {
      for (object, place) in self.providers(of: source, in: set.namespace, objects)
      where known.insert(object.id).inserted {
        if let provider = provider(object, place: place) { found.append(provider) }
      }
      if failure != nil { return }
    }
    providers += found.sorted { ($0.id.namespace, $0.id.name) < ($1.id.namespace, $1.id.name) }
    for index in providers.indices { annotate(&providers[index]) }
    if set.inputStrategy?.name?.value == "Permute" {
      permute(providers, withEmpty: set.inputStrategy?.includeEmptyProviders?.value == true)
    } else {
      combined = providers.flatMap(\.inputs)
    }
  }

  // MARK: providers

  private mutating func providers(
    of source: Field<ResourceSet.InputSource>, in namespace: String, _ objects: [AppliedObject]
  ) -> [(AppliedObject, Origin)] {
    let all = objects.filter { object in
      if case .resourceSetInputProvider = object.flux { object.id.namespace == namespace } else { false }
    }
    if let name = source.name {
      guard let object = all.first(where: { $0.id.name == name.value }) else {
        failure = .gap(
          "it takes inputs from ResourceSetInputProvider/\(namespace)/\(name.value), which nothing in the repository makes",
          place: name.origin.location, help: "")
        return []
      }
      return [(object, name.origin)]
    }
    guard let selector = source.selector else {
      failure = .problem("an entry of inputsFrom needs a name or a selector", place: source.origin.location)
      return []
    }
    return all.filter { selector.value.selects($0.manifest) }.map { ($0, selector.origin) }
  }

  /// What a provider exports: one input with its default values when it is static. All others ask something outside.
  private mutating func provider(_ object: AppliedObject, place: Origin) -> Provider? {
    guard case .resourceSetInputProvider(let provider) = object.flux else { return nil }
    guard let type = provider.type, type.value == "Static" else {
      failure = .gap(
        "the inputs of \(object.reference) come from outside of the repository (type \(provider.type?.value ?? ""))",
        place: place.location, help: "Its objects are not part of this analysis")
      return nil
    }
    var input = provider.defaultValues?.settled ?? Node(.mapping(Mapping()), origin: type.origin)
    let id = Adler32.checksum(of: Array(object.id.description.utf8))
    _ = input.withMapping { $0.set("id", Node(string: String(id), origin: type.origin)) }
    hasMadeUpIDs = true
    return Provider(id: object.id, inputs: [input], place: place)
  }

  /// Every input says who gives it.
  private func annotate(_ provider: inout Provider) {
    let made = MadeObject(origin: provider.place)
    let reference = made.texts([
      ("apiVersion", "\(FluxGroups.fluxOperator)/v1"), ("kind", provider.id.kind), ("name", provider.id.name),
      ("namespace", provider.id.namespace),
    ])
    for index in provider.inputs.indices {
      _ = provider.inputs[index].withMapping { $0.set("provider", reference) }
    }
  }

  // MARK: Permute

  /// Every choice of one input a provider, under the providers' names.
  private mutating func permute(_ providers: [Provider], withEmpty: Bool) {
    let counted = withEmpty ? providers : providers.filter { !$0.inputs.isEmpty }
    guard !counted.isEmpty else { return }
    var choices: [[Int]] = [[]]
    var names: [String] = []
    for provider in counted {
      let name = provider.id.name.normalisedForTemplates
      guard !name.isEmpty else {
        failure = .problem(
          "the name '\(provider.id.name)' leaves nothing to call its inputs by", place: provider.place.location)
        return
      }
      guard choices.count * provider.inputs.count <= Self.permutationLimit else {
        failure = .problem(
          "the inputs make more than \(Self.permutationLimit) permutations", place: provider.place.location)
        return
      }
      names.append(name)
      choices = choices.flatMap { choice in provider.inputs.indices.map { choice + [$0] } }
    }
    combined = choices.map { choice in
      var mapping = Mapping()
      for (provider, (name, index)) in zip(counted, zip(names, choice)) {
        mapping.set(name, provider.inputs[index])
      }
      let way = zip(names, choice).map { "\($0)=\($1)" }.joined(separator: "/")
      let origin = counted[0].place
      mapping.set("id", Node(string: String(Adler32.checksum(of: Array(way.utf8))), origin: origin))
      return Node(.mapping(mapping), origin: origin)
    }
    hasMadeUpIDs = false
  }
}

extension ResourceSet.InputSource {
  /// The provider that is named; nil where labels select them.
  func provider(in namespace: String) -> ObjectRef? {
    name.map {
      ObjectRef(
        kind: FluxKind.resourceSetInputProvider.rawValue, name: $0.value, namespace: namespace, origin: $0.origin)
    }
  }
}

extension ObjectSelector {
  /// Whether the labels of an object are those that are meant.
  func selects(_ manifest: Manifest) -> Bool {
    matchLabels.allSatisfy { manifest.label($0.key.value) == $0.value.value }
      && matchExpressions.allSatisfy { $0.value.holds(for: $0.key.flatMap { manifest.label($0.value) }) }
  }
}

extension ObjectSelector.Expression {
  fileprivate func holds(for label: String?) -> Bool {
    let wanted = values.map(\.value)
    switch condition?.value {
    case "In": return label.map(wanted.contains) ?? false
    case "NotIn": return label.map { !wanted.contains($0) } ?? true
    case "Exists": return label != nil
    case "DoesNotExist": return label == nil
    default: return false
    }
  }
}

extension String {
  /// As a key in templates: small letters and digits, other words joined by `_` (flux-operator, `NormalizeKeyForTemplate`).
  fileprivate var normalisedForTemplates: String {
    let words = lowercased().split { !($0.isLetter && $0.isASCII) && !($0.isNumber && $0.isASCII) }
    return words.joined(separator: "_")
  }
}

/// The checksum that the operator makes ids of.
enum Adler32 {
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
