import Diagnostics
import Kubernetes
import YAML

/// kustomize-controller's post-build substitution of variables in one object.
///
/// Flux works on text: it prints the object as YAML, expands `${…}` in that, and reads the result. So an unquoted number
/// changes the type of a field, and a value can bring a whole mapping with it. Origins stay: what was not touched keeps
/// its own, what was touched gets a step that leads to the definition of the variable.
public struct Substitution: Sendable {
  /// The label or annotation that keeps an object out of it.
  public static let switchKey = "kustomize.toolkit.fluxcd.io/substitute"

  /// The variables.
  public var variables: SubstitutionVariables
  /// Whether expressions are expanded though there are no variables (`substituteStrategy: Always`).
  public var isAlways: Bool
  /// Whether a variable without a value leaves a mark where it stood. An object that falls apart around an empty text can
  /// be looked at that way.
  public var keepsPlaces = false

  /// A substitution of `variables`.
  public init(_ variables: SubstitutionVariables, isAlways: Bool = false) {
    self.variables = variables
    self.isAlways = isAlways
  }

  /// How an object is kept out of it, as a sentence.
  public static func wayOut(isGenerated: Bool) -> String {
    isGenerated
      ? "give its generator `options: {labels: {\(switchKey): disabled}}`."
      : "give it the label or annotation `\(switchKey): disabled`."
  }

  /// What came out.
  public struct Result: Sendable {
    /// The object.
    public var node: Node
    /// Variables without a value, used without a default: an error from Flux 2.9 on, empty before.
    public var undefined: [UndefinedUse] = []
    /// Fields into which a value went that is not known, such as `data.password`.
    public var unknownPaths: [String] = []
    /// The length of the object as text, in bytes; 0 where nothing was substituted.
    public var length = 0
    /// Expressions with operators that Flux takes for others.
    public var misread: [MisreadUse] = []
  }

  /// Substitutes in `node`.
  /// - Throws: ``SubstitutionError`` where Flux fails whatever the variables' values and strictness.
  public func apply(to node: Node) throws(SubstitutionError) -> Result {
    guard !variables.isEmpty || isAlways, !isSwitchedOff(node) else { return Result(node: node) }
    if let bad = variables.badlyNamed { throw SubstitutionError(.badName(bad.name), at: bad.origin) }
    // Whether anything is expanded or not, Flux reads the object anew from JSON.
    guard node.mayChange else { return Result(node: node.afterJSON()) }
    let text: [UInt8]
    do { text = try YAMLEmitter.emit(node) } catch {
      throw SubstitutionError(.unprintable(error.code), at: Origin(file: error.place.file, span: error.place.span))
    }
    let expanded: Envsubst.Result
    do { expanded = try Envsubst.expand(text, keepsPlaces: keepsPlaces, variables.lookup) } catch {
      // What is too long as a whole is not expanded again part by part, which would take as long for each.
      if case .tooLong = error {
        throw SubstitutionError(.expression(error), at: node.place(of: node.firstText { Envsubst.mayChange($0) }))
      }
      throw malformed(error, in: node)
    }
    var grafting = OriginGrafting(variables: variables, keepsPlaces: keepsPlaces)
    let root = try parse(expanded, of: node)
    let grafted = grafting.graft(root, onto: node).afterJSON()
    var undefined = grafting.undefined
    if undefined.isEmpty {  // an expression that runs over several fields: only the whole text tells
      undefined = expanded.undefined.map { UndefinedUse(name: $0.variable, path: "", origin: node.origin) }
    }
    return Result(
      node: grafted, undefined: undefined, unknownPaths: grafting.unknownPaths, length: expanded.bytes.count,
      misread: grafting.misread)
  }

  private func isSwitchedOff(_ node: Node) -> Bool {
    ["labels", "annotations"].contains { node[path: "metadata", $0, Self.switchKey]?.scalar?.text == "disabled" }
  }

  private func parse(_ expanded: Envsubst.Result, of node: Node) throws(SubstitutionError) -> Node {
    do {
      let documents = try YAMLReader.read(SourceFile(path: "<substituted>", bytes: expanded.bytes))
      guard let root = documents.first?.root, root.mapping != nil else {
        throw SubstitutionError(.notAnObject, at: node.origin)
      }
      // Flux goes on with JSON, which cannot hold everything.
      if !JSONEmitter().canEmit(root) { _ = try JSONEmitter().emit(root) }
      return root
    } catch let error as SubstitutionError {
      throw error
    } catch let error as YAMLError {
      throw notYAML(error, expanded, node)
    } catch {
      throw SubstitutionError(.notAnObject, at: node.origin)
    }
  }

  /// The error that points at the text whose variables stand in the line that does not parse.
  private func notYAML(_ error: YAMLError, _ expanded: Envsubst.Result, _ node: Node) -> SubstitutionError {
    let line = error.place.span.start.line
    var number: UInt32 = 1
    var lineOfOffset: [(end: Int, line: UInt32)] = []
    for (offset, byte) in expanded.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      lineOfOffset.append((offset, number))
      number += 1
    }
    func lineNumber(_ offset: Int) -> UInt32 { lineOfOffset.first { $0.end >= offset }?.line ?? number }
    // libyaml reports the line behind the one that is wrong about as often as that one.
    let names = expanded.uses.filter { (line - min(line, 2)...line).contains(lineNumber($0.result.lowerBound)) }
      .map(\.variable)
    let culprit = names.last.flatMap { name in node.firstText { $0.holdsUse(of: name) } }
    return SubstitutionError(.notYAML(variables: names), at: node.place(of: culprit))
  }

  /// The error that points at the malformed expression, or at the text that holds it.
  private func malformed(_ error: EnvsubstError, in node: Node) -> SubstitutionError {
    let culprit = node.firstText { text in
      do throws(EnvsubstError) {
        _ = try Envsubst.expand(Array(text.utf8), variables.lookup)
        return false
      } catch {
        return true
      }
    }
    guard let culprit, !node.isSecret else { return SubstitutionError(.expression(error), at: node.place(of: culprit)) }
    let bytes = Array((culprit.scalar?.text ?? "").utf8)
    guard let range = EnvsubstTemplate.malformed(in: bytes) else {
      return SubstitutionError(.expression(error), at: culprit.origin)
    }
    var origin = culprit.origin
    origin.span = ExpressionPlace(text: bytes, use: range).span(in: origin)
    return SubstitutionError(.expression(error, text: String(decoding: bytes[range], as: UTF8.self)), at: origin)
  }
}

extension Node {
  fileprivate var isSecret: Bool { self["kind"]?.scalar?.text == "Secret" }

  /// The place of a text in this object. Reports show the lines they point at, and those of a Secret are nobody's business:
  /// there it is the name.
  fileprivate func place(of text: Node?) -> Origin {
    isSecret ? self[path: "metadata", "name"]?.origin ?? origin : text?.origin ?? origin
  }

  /// Whether expanding can change a text in this value.
  fileprivate var mayChange: Bool {
    switch value {
    case .scalar(let scalar): Envsubst.mayChange(scalar.text)
    case .sequence(let items): items.indices.contains { items[$0].mayChange }
    case .mapping(let mapping):
      mapping.entries.indices.contains {
        Envsubst.mayChange(mapping.entries[$0].key.text) || mapping.entries[$0].value.mayChange
      }
    }
  }

  /// The first text, keys included, that `isWanted` takes.
  fileprivate func firstText(_ isWanted: (String) -> Bool) -> Node? {
    switch value {
    case .scalar(let scalar): return isWanted(scalar.text) ? self : nil
    case .sequence(let items):
      for item in items {
        if let found = item.firstText(isWanted) { return found }
      }
    case .mapping(let mapping):
      for entry in mapping.entries {
        if isWanted(entry.key.text) { return Node(scalar: entry.key, origin: entry.keyOrigin) }
        if let found = entry.value.firstText(isWanted) { return found }
      }
    }
    return nil
  }
}

extension String {
  /// Whether `${name` stands in the text.
  fileprivate func holdsUse(of name: String) -> Bool { range(of: "${\(name)") != nil }
}
