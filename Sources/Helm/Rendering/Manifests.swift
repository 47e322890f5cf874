import GoTemplate
import Sprig

/// Splits what templates wrote into documents, and tells hooks from the rest.
enum Manifests {
  /// The documents of an output; a line that starts with three hyphens ends one.
  static func split(_ output: Output) -> [Output] {
    let bytes = output.bytes
    var documents: [Output] = []
    var start = skipSpaces(bytes, from: 0)
    var line = start
    while line < bytes.count {
      let next = bytes[line...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      if bytes[line..<next].starts(with: "---".utf8) {
        append(output, start..<line, &documents)
        start = line + 3
        while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        // What follows the hyphens on the line belongs to the document.
      }
      line = next
    }
    append(output, start..<bytes.count, &documents)
    return documents
  }

  private static func append(_ output: Output, _ range: Range<Int>, _ documents: inout [Output]) {
    let start = skipSpaces(output.bytes, from: range.lowerBound, to: range.upperBound)
    if start < range.upperBound { documents.append(output.slice(start..<range.upperBound)) }
  }

  private static func skipSpaces(_ bytes: [UInt8], from start: Int, to end: Int? = nil) -> Int {
    var index = start
    let end = end ?? bytes.count
    while index < end {
      let (scalar, length, _) = GoString.decode(bytes, at: index)
      guard scalar.isSpaceInGo else { return index }
      index += length
    }
    return end
  }

  static func isBlank(_ bytes: [UInt8]) -> Bool { skipSpaces(bytes, from: 0) == bytes.count }

  /// The order in which Helm installs kinds.
  private static let order: [String: Int] = Dictionary(
    uniqueKeysWithValues: [
      "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy",
      "PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume",
      "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding",
      "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod",
      "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
      "IngressClass", "Ingress", "APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
    ].enumerated().map { ($1, $0) })

  /// Kinds Helm knows in its order, the others behind them by name; within a kind as they came.
  static func sorted(_ manifests: [Release.Manifest]) -> [Release.Manifest] {
    manifests.enumerated().sorted { left, right in
      let (first, second) = (left.element.kind, right.element.kind)
      switch (order[first], order[second]) {
      case (nil, nil): return first == second ? left.offset < right.offset : first < second
      case (nil, _): return false
      case (_, nil): return true
      case (let low?, let high?): return low == high ? left.offset < right.offset : low < high
      }
    }.map(\.element)
  }

  private static let events: Set<String> = [
    "pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade", "pre-rollback",
    "post-rollback", "test", "test-success",
  ]

  /// Reads the head of a document: its kind, and whether it is a hook. Nil for a hook of an unknown event, which Helm
  /// leaves out.
  static func manifest(_ document: Output, path: String) throws(HelmError) -> Release.Manifest? {
    let head: Dict
    do throws(YAMLValues.Malformed) {
      head = try self.head(try YAMLValues.read(GoString(document.bytes), keepsIntegers: true))
    } catch {
      let place = document.place(of: error.line.map { lineStart($0, in: document.bytes) } ?? 0)
      throw HelmError(
        .manifest, "YAML parse error on \(path): \(error.message)", message: error.message, at: place?.location)
    }
    var manifest = Release.Manifest(path: path, kind: text(head["kind"]), output: document)
    guard case .dict(let metadata)? = head["metadata"] else { return manifest }
    manifest.name = text(metadata["name"])
    guard case .dict(let annotations)? = metadata["annotations"], let hook = annotations["helm.sh/hook"] else {
      return manifest
    }
    let names = text(hook).split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0).lowercased() }
    guard names.allSatisfy(events.contains) else { return nil }
    manifest.hookEvents = names.map { $0 == "test-success" ? "test" : $0 }
    manifest.hookWeight = Int(text(annotations["helm.sh/hook-weight"])) ?? 0
    return manifest
  }

  /// The offset of the first byte of a line, from 1, that is no space; of the last line for one behind it.
  private static func lineStart(_ line: Int, in bytes: [UInt8]) -> Int {
    var start = 0
    for _ in 1..<max(line, 1) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count else { break }
      start = end + 1
    }
    return bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? start
  }

  private static func text(_ value: Value?) -> String {
    value.flatMap(YAMLValues.text) ?? ""
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return rest
  }

  /// Checks the types that Go's decoder checks.
  private static func head(_ value: Value) throws(YAMLValues.Malformed) -> Dict {
    if value.isNil { return Dict() }
    guard case .dict(let head) = value else { throw mismatch(value, "util.SimpleHead", field: nil) }
    for (field, path) in [("apiVersion", "apiVersion"), ("kind", "kind")] {
      try expectText(head[GoString(field)], "SimpleHead.\(path)")
    }
    guard let metadata = head["metadata"], !metadata.isNil else { return head }
    guard case .dict(let fields) = metadata else {
      throw mismatch(
        metadata,
        "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }",
        field: "SimpleHead.metadata")
    }
    // In the order of the keys; the struct that holds these has no name.
    if let annotations = fields["annotations"], !annotations.isNil {
      guard case .dict(let notes) = annotations else {
        throw mismatch(annotations, "map[string]string", field: ".metadata.annotations")
      }
      for key in notes.sortedKeys { try expectText(notes[key], ".metadata.annotations") }
    }
    try expectText(fields["name"], ".metadata.name")
    return head
  }

  private static func expectText(_ value: Value?, _ field: String) throws(YAMLValues.Malformed) {
    guard let value, !value.isNil else { return }
    guard YAMLValues.text(value) == nil else { return }
    throw mismatch(value, "string", field: field)
  }

  private static func mismatch(_ value: Value, _ type: String, field: String?) -> YAMLValues.Malformed {
    let kind: String
    switch value {
    case .bool: kind = "bool"
    case .double, .int, .uint: kind = "number"
    case .string: kind = "string"
    case .list: kind = "array"
    default: kind = "object"
    }
    let place = field.map { "struct field \($0) of" } ?? "value of"
    return YAMLValues.Malformed(
      message:
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(kind) into Go \(place) type \(type)")
  }
}
