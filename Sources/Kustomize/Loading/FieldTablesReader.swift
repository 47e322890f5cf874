import Diagnostics
import Kubernetes
import YAML

extension BuildSession {
  /// Adds the fields that a kustomization teaches in its `configurations` and `crds`.
  mutating func addFields(of target: Target, to gathered: inout Accumulator) throws(KustomizeError) {
    var custom: FieldTables?
    for entry in target.file.configurations {
      let (path, documents) = try target.loader.documents(entry)
      note(read: path)
      guard let first = documents.first else { continue }
      try first.refuseRepeatedKeys(asked: entry.origin.location)
      let root = first.root
      var tables = custom ?? FieldTables()
      try tables.merge(
        try FieldTables(FieldReader(root, name: "", mode: .strictConfiguration)), at: entry.origin.location)
      custom = tables
    }
    let place = target.file.configurations.first?.origin ?? target.file.origin
    try gathered.addFields(with: custom, at: place.location)
    for entry in target.file.crds {
      let (path, documents) = try target.loader.documents(entry)
      note(read: path)
      guard let root = documents.first?.root else { continue }
      try gathered.add(try CustomResourceFields.read(root), at: entry.origin.location)
    }
  }
}

extension FieldTables {
  /// The fields of a file of `configurations`.
  init(_ reader: FieldReader) throws(KustomizeError) {
    self.init()
    try reader.allow(Table.allCases.map(\.rawValue) + ["nameReference"])
    for table in Table.allCases {
      tables[table] = try [FieldSpec](reader, table.rawValue)
    }
    for entry in try reader.readers("nameReference") {
      try entry.allow(["group", "version", "kind", "fieldSpecs"])
      nameReferences.append(
        NameReference(target: try entry.type(), referrers: try [FieldSpec](entry, "fieldSpecs")))
    }
    sort()
  }
}

extension [FieldSpec] {
  /// The list of fields in `field`.
  init(_ reader: FieldReader, _ field: String) throws(KustomizeError) {
    self = []
    for entry in try reader.readers(field) {
      try entry.allow(["group", "version", "kind", "path", "create"])
      let type = try entry.type()
      append(
        FieldSpec(
          try entry.string("path", or: ""), group: type.group, version: type.version, kind: type.kind,
          create: try entry.bool("create")))
    }
  }
}

extension Document {
  /// Refuses a key that stands twice, where kustomize reads strictly.
  fileprivate func refuseRepeatedKeys(asked place: Location) throws(KustomizeError) {
    guard let repeated = duplicateKeys.first else { return }
    let asked = RelatedLocation("asked for here", at: place)
    throw KustomizeError(.field, repeated.message, at: repeated.place, trace: repeated.trace + [asked])
  }
}
