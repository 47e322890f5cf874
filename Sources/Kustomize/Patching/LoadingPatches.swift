import Diagnostics
import Documents
import YAML

extension BuildSession {
  /// An entry of `patches`, with the patch read from its file or its text.
  mutating func load(_ arguments: PatchArguments, of target: Target) throws(KustomizeError) -> PatchApplication {
    let entry = (arguments.patch?.origin ?? arguments.path?.origin ?? arguments.origin).location
    var trimmed = arguments
    trimmed.patch = arguments.patch?.trimmed
    let documents = try self.documents(of: trimmed, target)
    do {
      try Self.demandJSON(of: documents, arguments, trimmed: true)
      let content = try PatchContent.read(
        documents, allowing: (arguments.allowsNameChange, arguments.allowsKindChange))
      return PatchApplication(content: content, target: arguments.target, entry: entry)
    } catch {
      var error = error
      error.text = "this is neither an object to merge nor a list of JSON patch operations: \(error.text)"
      error.trace.append(RelatedLocation("used as a patch here", at: entry))
      throw error
    }
  }

  /// A patch whose text begins with `[` must be JSON; one that begins otherwise may be any YAML.
  /// - Parameter trimmed: whether white space in front of an inline text does not count, which is so for `patches` alone.
  private static func demandJSON(
    of documents: [Document], _ arguments: PatchArguments, trimmed: Bool
  ) throws(KustomizeError) {
    guard let root = documents.first?.root, root.sequence != nil else { return }
    let inline = arguments.patch?.scalar.flatMap { $0.text.isBlank ? nil : $0 }
    let text = inline.map { Array((trimmed ? $0.text.trimmingSpace : $0.text).utf8) } ?? root.origin.file.bytes
    guard text.first == UInt8(ascii: "["), let offset = JSONSyntax.firstError(in: text) else { return }
    let near = String(decoding: text[offset...].prefix(20).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    throw KustomizeError(
      .patch, "a patch that begins with '[' must be JSON, which ends before '\(near)'", at: root.origin.location)
  }

  private mutating func documents(
    of arguments: PatchArguments, _ target: Target
  ) throws(KustomizeError) -> [Document] {
    let isInline = !(arguments.patch?.scalar?.text.isBlank ?? true)
    let path = arguments.path.flatMap { $0.value.isEmpty ? nil : $0 }
    switch (isInline ? arguments.patch : nil, path) {
    case (nil, nil):
      throw KustomizeError(.patch, "a patch needs 'path' or 'patch'", at: arguments.origin.location)
    case (.some, .some(let path)):
      throw KustomizeError(.patch, "a patch may have 'path' or 'patch', not both", at: path.origin.location)
    case (.some(let inline), nil):
      return try inline.patchDocuments()
    case (nil, .some(let path)):
      return try patchDocuments(path, of: target)
    }
  }

  /// The documents of a file with a patch. Operations of JSON patch are the first document of theirs: what comes behind it may
  /// even be broken.
  private mutating func patchDocuments(
    _ path: Placed<String>, of target: Target
  ) throws(KustomizeError) -> [Document] {
    do throws(KustomizeError) {
      let (read, documents) = try target.loader.documents(path)
      note(read: read)
      return try documents.withFirstValues()
    } catch {
      guard let (read, file) = try? target.loader.file(path),
        let first = try? YAMLReader.readFirst(file, dialect: .goYAML3), first.root.sequence != nil
      else { throw error }
      note(read: read)
      return [first]
    }
  }

  /// The patches of `patchesStrategicMerge`: each entry is a text, or the path of a file.
  mutating func mergePatches(_ entries: [Node], of target: Target) throws(KustomizeError) -> Transformation {
    var (patches, places): ([MergePatch], [Location]) = ([], [])
    for entry in entries {
      let manifests: [ManifestReader.Manifest]
      if let inline = try? ManifestReader.manifests(in: entry.patchDocuments()) {
        manifests = inline
      } else {
        let (read, documents) = try target.loader.documents(Placed(entry.scalar?.text ?? "", at: entry.origin))
        note(read: read)
        manifests = try ManifestReader.manifests(in: documents.withFirstValues())
      }
      patches += manifests.map { MergePatch(node: $0.node) }
      places += manifests.map { _ in entry.origin.location }
    }
    guard !patches.isEmpty else {
      let place = entries.first?.origin.location ?? target.file.origin.location
      throw KustomizeError(.patch, "none of the patches holds an object", at: place)
    }
    return .mergePatches(patches, entries: places)
  }

  /// An entry of `patchesJson6902`.
  mutating func operations(_ arguments: PatchArguments, of target: Target) throws(KustomizeError) -> Transformation {
    guard let selector = arguments.target, !selector.name.isEmpty else {
      throw KustomizeError(.patch, "a JSON patch needs the name of its target", at: arguments.origin.location)
    }
    let entry = (arguments.patch?.origin ?? arguments.path?.origin ?? arguments.origin).location
    guard let root = try documents(of: arguments, target).first?.root else {
      throw KustomizeError(.patch, "the patch is empty", at: entry)
    }
    try Self.demandJSON(of: [Document(root: root, index: 0)], arguments, trimmed: false)
    if root.sequence?.isEmpty == true { throw KustomizeError(.patch, "the patch is empty", at: entry) }
    return .operations(try JSONPatch(root), target: selector, entry: entry)
  }

  /// The replacements of a kustomization, those in files included.
  mutating func load(
    _ entries: [ReplacementArguments], of target: Target
  ) throws(KustomizeError) -> [Replacement] {
    var found: [Replacement] = []
    for entry in entries {
      guard let path = entry.path, !path.value.isEmpty else {
        if let replacement = entry.replacement { found.append(replacement) }
        continue
      }
      if entry.replacement != nil {
        throw KustomizeError(
          .replacement, "an entry of 'replacements' may have 'path' or a replacement, not both",
          at: path.origin.location)
      }
      let (read, documents) = try target.loader.documents(path)
      note(read: read)
      guard let root = documents.first?.root else { continue }
      for item in root.sequence ?? [root] {
        found.append(try Replacement(FieldReader(item, name: "replacement", mode: .file)))
      }
    }
    return found
  }
}

extension Node {
  /// The text as kustomize takes an entry of `patches`: without white space at its ends, so that a block of text that
  /// ends the patch loses its last line break.
  fileprivate var trimmed: Node {
    guard let scalar else { return self }
    // White space in front decides nothing in a block, whose lines are to keep their places.
    let text = scalar.style == .literal ? scalar.text.trimmingTrailingSpace : scalar.text.trimmingSpace
    return Node(scalar: Scalar(text, style: scalar.style, tag: scalar.tag), origin: origin)
  }

  /// The documents of an inline patch.
  fileprivate func patchDocuments() throws(KustomizeError) -> [Document] {
    do {
      return try embeddedDocuments(repeatedKeys: .firstWins)
    } catch {
      throw KustomizeError(.patch, error.message, at: error.location, trace: error.trace)
    }
  }
}

extension [Document] {
  /// The same with the first value of each key that stands twice: kustomize looks for the fields of a patch in its text.
  fileprivate func withFirstValues() throws(KustomizeError) -> [Document] {
    guard let file = first(where: { !$0.duplicateKeys.isEmpty })?.root.origin.file else { return self }
    do {
      return try YAMLReader.read(file, repeatedKeys: .firstWins)
    } catch {
      throw KustomizeError(.patch, error.message, at: error.location, trace: error.trace)
    }
  }
}

extension String {
  /// Whether there is nothing but white space in it.
  fileprivate var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  /// Without white space at its ends.
  var trimmingSpace: String {
    String(Substring(unicodeScalars.drop { $0.properties.isWhitespace })).trimmingTrailingSpace
  }

  /// Without white space at its end.
  var trimmingTrailingSpace: String {
    guard let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}
