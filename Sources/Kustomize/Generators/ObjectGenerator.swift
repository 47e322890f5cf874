import Diagnostics
import YAML

/// Makes the ConfigMap or Secret that a generator's arguments describe.
struct ObjectGenerator {
  /// What is made.
  enum Kind: String, Sendable {
    case configMap = "ConfigMap"
    case secret = "Secret"
  }

  let kind: Kind
  let arguments: GeneratorArguments
  /// The arguments' own options with those of the whole file.
  let options: GeneratorOptions

  /// The object with `pairs` as its data.
  func make(from pairs: [KeyValue]) throws(KustomizeError) -> Node {
    guard !arguments.name.isEmpty else {
      throw KustomizeError(.generator, "a generated \(kind.rawValue) needs a name", at: arguments.origin.location)
    }
    let origin = arguments.origin.adding(.generated, at: arguments.origin.location)
    var object = Mapping()
    object.set("apiVersion", Node(scalar: Scalar("v1"), origin: origin))
    object.set("kind", Node(scalar: Scalar(kind.rawValue), origin: origin))
    object.set("metadata", metadata(origin))
    if kind == .secret {
      let type = arguments.type.flatMap { $0.value.isEmpty ? nil : $0 } ?? Placed("Opaque", at: arguments.origin)
      object.set("type", Node(string: type.value, origin: type.origin.adding(.generated, at: type.origin.location)))
    }
    setData(of: &object, pairs.sorted { $0.key < $1.key }, origin)
    if let immutable = options.isImmutable, immutable.value {
      let origin = immutable.origin.adding(.generated, at: arguments.origin.location)
      object.set("immutable", Node(scalar: Scalar("true"), origin: origin))
    }
    return Node(.mapping(object), origin: origin)
  }

  private func metadata(_ origin: Origin) -> Node {
    var metadata = Mapping()
    let nameOrigin = arguments.nameOrigin.adding(.generated, at: arguments.origin.location)
    metadata.set("name", Node(string: arguments.name, origin: nameOrigin))
    if let namespace = arguments.namespace, !namespace.value.isEmpty {
      let origin = namespace.origin.adding(.generated, at: arguments.origin.location)
      metadata.set("namespace", Node(string: namespace.value, origin: origin))
    }
    if !options.labels.isEmpty { metadata.set("labels", strings(options.labels, origin)) }
    if !options.annotations.isEmpty { metadata.set("annotations", strings(options.annotations, origin)) }
    return Node(.mapping(metadata), origin: origin)
  }

  private func strings(_ pairs: [PlacedPair], _ origin: Origin) -> Node {
    var mapping = Mapping()
    for pair in pairs.sorted(by: { $0.key < $1.key }) {
      let origin = pair.origin.adding(.generated, at: arguments.origin.location)
      mapping.set(pair.key, Node(scalar: .written(pair.value), origin: origin))
    }
    return Node(.mapping(mapping), origin: origin)
  }

  /// A Secret's data is base64 throughout; a ConfigMap keeps text in `data` and what is no UTF-8 in `binaryData`.
  private func setData(of object: inout Mapping, _ pairs: [KeyValue], _ origin: Origin) {
    var (data, binary) = (Mapping(), Mapping())
    for pair in pairs {
      let pairOrigin = pair.origin.adding(.generated, at: arguments.origin.location)
      if kind == .secret {
        data.set(pair.key, Node(scalar: .written(Base64Lines.encode(pair.value)), origin: pairOrigin))
      } else if let text = String(validating: pair.value, as: UTF8.self) {
        data.set(pair.key, Node(scalar: .written(text), origin: pairOrigin))
      } else {
        binary.set(pair.key, Node(scalar: .written(Base64Lines.encode(pair.value)), origin: pairOrigin))
      }
    }
    if !data.isEmpty || kind == .secret { object.set("data", Node(.mapping(data), origin: origin)) }
    if !binary.isEmpty { object.set("binaryData", Node(.mapping(binary), origin: origin)) }
  }
}

/// Base64 as kustomize breaks it: lines of 70 characters as soon as there is more than one.
enum Base64Lines {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let lineLength = 70

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        let value = Int(bits >> UInt32(18 - 6 * position) & 63)
        text.append(position <= group.count ? alphabet[value] : UInt8(ascii: "="))
      }
    }
    guard text.count >= lineLength else { return String(decoding: text, as: UTF8.self) }
    var lines: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: lineLength) {
      lines += text[start..<min(start + lineLength, text.count)]
      lines.append(UInt8(ascii: "\n"))
    }
    return String(decoding: lines, as: UTF8.self)
  }
}
