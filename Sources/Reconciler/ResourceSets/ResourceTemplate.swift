import ClusterModel
import Diagnostics
import GoTemplate
import Sprig
import YAML

/// One template of a ResourceSet: renders it and reads what it prints (flux-operator, internal/builder/resourceset.go).
struct ResourceTemplate {
  /// A template reads the inputs it is given and nothing else: less than a chart may take.
  private static let limits = Limits(steps: 5_000_000, outputBytes: 64 << 20)

  let places: TemplatePlaces
  /// Whose template it is: its name and place.
  let owner: ObjectReference
  let ownerPlace: Location

  /// Why there is nothing to read.
  enum Failure: Error {
    case problem(BuildProblem)
    /// Sluice cannot tell what it prints.
    case unknown(String, place: Location)
  }

  /// The documents that it prints for one set of inputs; null where there are none.
  func documents(with inputs: Node?) throws(Failure) -> [Document] {
    let output: Output
    do throws(TemplateError) {
      var templates = TemplateSet(
        name: places.source.name, functions: OperatorFunctions.table(inputs: inputs),
        delimiters: Delimiters(left: "<<", right: ">>"), missingKey: .error)
      try templates.add(places.source)
      output = try templates.render(places.source.name, with: .null, limits: Self.limits)
    } catch {
      throw failure(error)
    }
    do throws(YAMLError) {
      let documents = try YAMLReader.read(SourceFile(path: "<rendered>", bytes: output.bytes), dialect: .goYAML2)
      let grafting = Grafting(
        output: output, offsets: TextOffsets(output.bytes), template: self,
        trail: inputs.map { InputTrail(output: output, inputs: $0) })
      return documents.map { document in
        var document = document
        document.root = grafting.grafted(document.root)
        return document
      }
    } catch {
      let offset = TextOffsets(output.bytes).offset(of: error.place.span.start)
      let place = origin(of: offset, to: offset, in: output)
      throw .problem(
        BuildProblem(
          message: "what its template prints is no YAML: \(error.message)", location: place.location,
          trace: place.trace))
    }
  }

  private func failure(_ error: TemplateError) -> Failure {
    let offset = error.location.map { TextOffsets(places.source.bytes).offset(of: $0.span.start) } ?? 0
    let place = places.origin(of: offset, to: offset)
    if error.code == .limit {
      return .unknown("its template cannot be rendered: \(error.message)", place: place.location)
    }
    return .problem(
      BuildProblem(message: "its template fails: \(error.message)", location: place.location, trace: place.trace))
  }

  /// The place in the ResourceSet that printed the bytes from `start` up to `end`.
  fileprivate func origin(of start: Int, to end: Int, in output: Output) -> Origin {
    let first = output.place(of: min(start, max(0, output.bytes.count - 1)))?.offset ?? 0
    let last = end > start ? output.place(of: end - 1).map { $0.offset + 1 } ?? first : first
    return places.origin(of: first, to: last)
      .adding(.rendered(template: owner.description), at: ownerPlace)
  }
}

/// Gives what a template printed the places in the template.
private struct Grafting {
  let output: Output
  let offsets: TextOffsets
  let template: ResourceTemplate
  /// Nil without inputs.
  let trail: InputTrail?

  func grafted(_ node: Node) -> Node {
    let origin = origin(of: node.origin)
    switch node.value {
    case .scalar(let scalar):
      let range = offsets.offset(of: node.origin.span.start)..<offsets.offset(of: node.origin.span.end)
      return Node(scalar: scalar.settled(as: .goYAML2), origin: trail?.origin(origin, of: range) ?? origin)
    case .sequence(let items): return Node(.sequence(items.map(grafted)), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: $0.key, keyOrigin: self.origin(of: $0.keyOrigin), value: grafted($0.value))
      }
      return Node(.mapping(Mapping(entries)), origin: origin)
    }
  }

  private func origin(of origin: Origin) -> Origin {
    template.origin(
      of: offsets.offset(of: origin.span.start), to: offsets.offset(of: origin.span.end), in: output)
  }
}
