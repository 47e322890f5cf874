import Diagnostics
import Documents
import Files
import Kubernetes
import YAML

/// One kustomization directory on its turn.
struct Target {
  let loader: RootedLoader
  let file: Kustomization
  /// The entries that led here, innermost first.
  let inclusions: [RelatedLocation]
  /// The path from the start of the build; nil where nobody asks for provenance.
  let provenance: Provenance?
  /// The namespace that charts get where neither they nor their kustomization say one.
  let chartNamespace: String

  /// The trace of an object that `entry` of this kustomization takes in.
  func trace(of origin: Origin) -> [RelatedLocation] {
    [RelatedLocation("included here", at: origin.location)] + inclusions
  }

  /// The provenance of what a part of this kustomization file makes or changes.
  func provenance(of kind: BuiltInKind) -> Provenance? {
    provenance.map { base in
      Provenance(
        configuredIn: CleanPath.join(base.path, file.path.name),
        maker: Provenance.Maker(apiVersion: "builtin", kind: kind.rawValue))
    }
  }
}

// MARK: Loading

extension BuildSession {
  /// The names that a kustomization file can have.
  static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// The target that the build starts with.
  mutating func loadTop(_ directory: RepoPath) throws(KustomizeError) -> Target {
    let loader = RootedLoader(tree: tree, restriction: options.loadRestriction, root: directory)
    let file: Kustomization
    if let top = options.topKustomization {
      file = try take(top.node, at: directory.child(top.fileName), in: directory, depth: 1)
    } else {
      file = try loadFile(loader, place: Location(file: SourceFile(path: directory.description, bytes: [])))
    }
    let provenance = file.buildMetadata.isEmpty ? nil : Provenance()
    return Target(loader: loader, file: file, inclusions: [], provenance: provenance, chartNamespace: "")
  }

  /// The target in the directory that an entry of `parent` names.
  private mutating func load(
    _ directory: RepoPath, entry: Placed<String>, of parent: Target
  ) throws(KustomizeError) -> Target {
    let loader = try parent.loader.descending(to: directory, by: entry)
    guard result.directories.count < KustomizeBuild.directoryLimit else {
      throw KustomizeError(
        .limit, "the build visits more than \(KustomizeBuild.directoryLimit) directories", at: entry.origin.location)
    }
    let file = try loadFile(loader, place: entry.origin.location)
    let own = parent.file.namespace?.value ?? ""
    return Target(
      loader: loader, file: file, inclusions: parent.trace(of: entry.origin),
      provenance: parent.provenance?.appending(entry.value),
      chartNamespace: own.isEmpty ? parent.chartNamespace : own)
  }

  private mutating func loadFile(_ loader: RootedLoader, place: Location) throws(KustomizeError) -> Kustomization {
    var found: [RepoPath] = []
    for name in Self.fileNames {
      let path = loader.root.child(name)
      do {
        switch try tree.kind(of: path) {
        case .file, .link: found.append(path)
        default: break
        }
      } catch {
        throw KustomizeError(.loading, error.message, at: place)
      }
    }
    guard let path = found.first else {
      throw KustomizeError(
        .loading, "no 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\(loader.root)'",
        at: place)
    }
    guard found.count == 1 else {
      let names = found.map(\.name).joined(separator: "' and '")
      throw KustomizeError(.loading, "directory '\(loader.root)' has '\(names)'; only one may be there", at: place)
    }
    let documents: [Document]
    do {
      documents = try tree.documents(at: path) ?? []
    } catch {
      throw KustomizeError(.loading, error.message, at: error.location, trace: error.trace)
    }
    let missing = Node(
      scalar: Scalar(""), origin: Origin(file: SourceFile(path: path.string, bytes: []), span: .fileStart))
    return try take(documents.first?.root ?? missing, at: path, in: loader.root, depth: loader.visited.count)
  }

  private mutating func take(
    _ node: Node, at path: RepoPath, in directory: RepoPath, depth: Int
  ) throws(KustomizeError) -> Kustomization {
    let (file, warnings) = try KustomizationReader.read(node, at: path)
    result.warnings += warnings
    result.directories.append(VisitedDirectory(path: directory, file: path, depth: depth))
    note(read: path)
    return file
  }
}

// MARK: Accumulating

extension BuildSession {
  /// Gathers what a kustomization asks for, in kustomize's order: what is taken in, the fields that it teaches, what it
  /// generates, what its components do with all that, what it changes, and what it checks.
  ///
  /// A component works on what its parent has gathered, a kustomization on an empty accumulator.
  mutating func accumulate(_ target: Target, onto start: Accumulator) throws(KustomizeError) -> Accumulator {
    let outer = missingBefore
    defer { missingBefore = outer }
    if target.file.kind != .component { missingBefore = missing }
    var gathered = start
    try takeIn(target.file.resources, of: target, into: &gathered)
    try addFields(of: target, to: &gathered)
    try runGenerators(of: target, into: &gathered)
    for entry in target.file.components {
      try takeIn(component: entry, of: target, into: &gathered)
    }
    try runTransformers(of: target, on: &gathered)
    try runValidators(of: target, on: &gathered)
    try gathered.add(variables: target.file.variables)
    return gathered
  }

  /// Takes in files and the kustomizations of directories.
  mutating func takeIn(
    _ entries: [Placed<String>], of target: Target, into gathered: inout Accumulator
  ) throws(KustomizeError) {
    for entry in entries {
      if try isLeftOut(entry) { continue }
      try sparing(&gathered, at: try? target.loader.path(of: entry), of: target) {
        session, gathered throws(KustomizeError) in
        try session.takeIn(entry, of: target, into: &gathered)
      }
    }
  }

  private mutating func takeIn(
    _ entry: Placed<String>, of target: Target, into gathered: inout Accumulator
  ) throws(KustomizeError) {
    let path = try target.loader.path(of: entry)
    guard try target.loader.isDirectory(path, for: entry) else {
      return try gathered.resources.append(contentsOf: try resources(in: entry, of: target))
    }
    let base = try load(path, entry: entry, of: target)
    try adoptSchema(of: base)
    guard base.file.kind != .component else {
      throw KustomizeError(
        .field, "'\(path)' holds a Component: list it under 'components'", at: entry.origin.location)
    }
    let taken = try traced(entry, by: target) { session throws(KustomizeError) in
      try session.accumulate(base, onto: Accumulator())
    }
    try charge(handover: taken.resources.items.count, by: entry)
    try gathered.merge(taken)
  }

  private mutating func takeIn(
    component entry: Placed<String>, of target: Target, into gathered: inout Accumulator
  ) throws(KustomizeError) {
    if try isLeftOut(entry) { return }
    let path = try target.loader.path(of: entry)
    guard try target.loader.isDirectory(path, for: entry) else {
      throw KustomizeError(.loading, "no directory '\(path)' with a component", at: entry.origin.location)
    }
    let component = try load(path, entry: entry, of: target)
    try adoptSchema(of: component)
    guard component.file.kind == .component else {
      throw KustomizeError(
        .field, "'\(path)' holds a Kustomization, not a Component: list it under 'resources'",
        at: entry.origin.location)
    }
    let parent = gathered
    try charge(handover: parent.resources.items.count, by: entry)
    let changed = try traced(entry, by: target) { session throws(KustomizeError) in
      try session.accumulate(component, onto: parent)
    }
    gathered = Accumulator()
    try gathered.merge(changed)
  }

  /// Runs `body`; an error in it gets `entry` as a further step of its trace.
  private mutating func traced<Result>(
    _ entry: Placed<String>, by target: Target,
    _ body: (inout BuildSession) throws(KustomizeError) -> Result
  ) throws(KustomizeError) -> Result {
    do {
      return try body(&self)
    } catch {
      var error = error
      error.trace.append(RelatedLocation("included here", at: entry.origin.location))
      throw error
    }
  }

  /// Whether an entry names something elsewhere and the options say to go on without it.
  mutating func isLeftOut(_ entry: Placed<String>, bringsObjects: Bool = true) throws(KustomizeError) -> Bool {
    guard options.remotePolicy == .leaveOut, RemoteReference.isRemote(entry.value) else { return false }
    result.remoteReferences.append(
      RemoteReference(text: entry.value, location: entry.origin.location, bringsObjects: bringsObjects))
    return true
  }

  /// The objects of the file that an entry names.
  private mutating func resources(
    in entry: Placed<String>, of target: Target
  ) throws(KustomizeError) -> [Resource] {
    let (path, documents) = try target.loader.documents(entry)
    note(read: path)
    let trace = target.trace(of: entry.origin)
    let manifests: [ManifestReader.Manifest]
    do {
      try DocumentSeparators.check(documents)
      manifests = try ManifestReader.manifests(in: documents)
    } catch {
      var error = error
      error.trace += trace
      throw error
    }
    let found = manifests.map { manifest in
      var resource = Resource(
        node: manifest.node, schema: schema, trace: trace, layers: target.loader.visited.count)
      resource.duplicateKey = manifest.duplicateKey
      resource.takeBuildAnnotations()
      resource.provenance = target.provenance?.appending(entry.value)
      return resource
    }
    note(read: found)
    return found
  }
}
