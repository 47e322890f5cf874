import Diagnostics
import Files
import YAML

extension BuildSession {
  /// What a transformer file changes.
  mutating func transformations(of plugin: Plugin, _ target: Target) throws(KustomizeError) -> [Transformation] {
    let reader = plugin.reader
    switch plugin.kind {
    case .annotationsTransformer: return [.pairs(try pairs(reader, "annotations"))]
    case .labelTransformer: return [.pairs(try pairs(reader, "labels"))]
    case .hashTransformer: return [.hashes]
    case .imageTagTransformer: return [try image(reader)]
    case .namespaceTransformer: return try namespace(reader).map { [.namespace($0)] } ?? []
    case .patchTransformer: return [.patch(try load(PatchArguments(reader), of: target))]
    case .patchJSON6902Transformer: return [try operations(PatchArguments(jsonOperations: reader), of: target)]
    case .patchStrategicMergeTransformer: return [try mergePatches(reader, of: target)]
    case .prefixTransformer: return [try affix(reader, "prefix")]
    case .suffixTransformer: return [try affix(reader, "suffix")]
    case .prefixSuffixTransformer: return [try affix(reader, "prefix"), try affix(reader, "suffix")]
    case .replacementTransformer:
      var entries: [ReplacementArguments] = []
      for entry in try reader.readers("replacements") { entries.append(try ReplacementArguments(entry)) }
      return [.replacements(try load(entries, of: target))]
    case .replicaCountTransformer: return [try replicas(reader)]
    case .valueAddTransformer: return [.value(try value(reader, of: target))]
    case .configMapGenerator, .secretGenerator, .iamPolicyGenerator, .helmChartInflationGenerator:
      throw KustomizeError(
        .generator, "\(plugin.kind.rawValue) makes objects: list it under 'generators'", at: reader.origin.location)
    }
  }

  private func pairs(_ reader: FieldReader, _ field: String) throws(KustomizeError) -> LabelTransformer {
    let pairs = try reader.pairs(field) ?? []
    let name = field == "labels" ? BuiltInKind.labelTransformer : .annotationsTransformer
    return LabelTransformer(
      pairs.map { $0.set(by: name.rawValue) }, fields: try [FieldSpec](reader, "fieldSpecs"))
  }

  private func image(_ reader: FieldReader) throws(KustomizeError) -> Transformation {
    let entry = try reader.reader("imageTag")
    let arguments = try entry.map { entry throws(KustomizeError) in try ImageArguments(entry) }
    let image = arguments ?? ImageArguments(origin: reader.origin)
    return .image(
      try image.transformer(), fields: try [FieldSpec](reader, "fieldSpecs"),
      origin: image.origin.transformed(by: BuiltInKind.imageTagTransformer.rawValue))
  }

  private func namespace(_ reader: FieldReader) throws(KustomizeError) -> NamespaceTransformer? {
    let mode = try reader.string("setRoleBindingSubjects")
    guard let subjects = NamespaceTransformer.Subjects(rawValue: mode.map(\.value) ?? "defaultOnly") else {
      throw KustomizeError(
        .field, "setRoleBindingSubjects must be defaultOnly, none or allServiceAccounts",
        at: (mode?.origin ?? reader.origin).location)
    }
    guard let namespace = try reader.reader("metadata")?.string("namespace"), !namespace.value.isEmpty else {
      return nil
    }
    return NamespaceTransformer(
      namespace.value, fields: try [FieldSpec](reader, "fieldSpecs"), subjects: subjects,
      onlyUnset: try reader.bool("unsetOnly"),
      origin: namespace.origin.transformed(by: BuiltInKind.namespaceTransformer.rawValue))
  }

  private func affix(_ reader: FieldReader, _ field: String) throws(KustomizeError) -> Transformation {
    guard reader.node("fieldSpecs") != nil else {
      throw KustomizeError(.field, "a transformer of names needs 'fieldSpecs'", at: reader.origin.location)
    }
    let text = try reader.string(field) ?? Placed("", at: reader.origin)
    return .affix(
      field == "prefix" ? .prefix(text.value) : .suffix(text.value), fields: try [FieldSpec](reader, "fieldSpecs"),
      entry: text.origin.location)
  }

  private func replicas(_ reader: FieldReader) throws(KustomizeError) -> Transformation {
    let entry = try reader.reader("replica")
    let replica = try entry.map { entry throws(KustomizeError) in try ReplicaTransformer(entry) }
    return .replicas(
      replica ?? ReplicaTransformer(name: "", count: 0, origin: reader.origin),
      fields: try [FieldSpec](reader, "fieldSpecs"))
  }

  private mutating func mergePatches(_ reader: FieldReader, of target: Target) throws(KustomizeError) -> Transformation
  {
    let text = try reader.text("patches").flatMap { $0.scalar?.text.isEmpty == false ? $0 : nil }
    let entries = try reader.texts("paths") + (text.map { [$0] } ?? [])
    guard !entries.isEmpty else {
      throw KustomizeError(
        .patch, "a PatchStrategicMergeTransformer needs 'paths' or 'patches'", at: reader.origin.location)
    }
    return try mergePatches(entries, of: target)
  }

  private mutating func value(_ reader: FieldReader, of target: Target) throws(KustomizeError) -> ValueAddition {
    let text = try reader.string("value")
    let trimmed = Placed(text?.value.trimmingSpace ?? "", at: text?.origin ?? reader.origin)
    guard !trimmed.value.isEmpty || target.loader.root != .root else {
      throw KustomizeError(
        .field, "a ValueAddTransformer at the root needs a 'value': the name of the directory is not known here",
        at: reader.origin.location)
    }
    let fallback = Placed(target.loader.root.name, at: reader.origin)
    var targets = try reader.readers("targets")
    if let path = try reader.string("targetFilePath"), !path.value.isEmpty {
      let (read, documents) = try target.loader.documents(path)
      note(read: read)
      if let root = documents.first?.root {
        targets += try FieldReader(root, name: "", mode: .file).readers("targets")
      }
    }
    guard !targets.isEmpty else {
      throw KustomizeError(.field, "a ValueAddTransformer needs a target", at: reader.origin.location)
    }
    var addition = ValueAddition(value: trimmed.value.isEmpty ? fallback : trimmed, destinations: [])
    for entry in targets { addition.destinations.append(try ValueAddition.Destination(entry)) }
    return addition
  }
}

extension ValueAddition.Destination {
  fileprivate init(_ reader: FieldReader) throws(KustomizeError) {
    selector = try reader.reader("selector").map { reader throws(KustomizeError) in try Selector(reader) }
    path = try reader.string("fieldPath", or: "")
    guard !path.isEmpty else {
      throw KustomizeError(.field, "a target needs a 'fieldPath'", at: reader.origin.location)
    }
    let place = try reader.integer("filePathPosition")
    position = Int(place?.value ?? 0)
    guard position >= 0 else {
      throw KustomizeError(
        .field, "filePathPosition must not be negative", at: (place?.origin ?? reader.origin).location)
    }
  }
}
