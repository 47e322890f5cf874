import Diagnostics
import GoTemplate
import YAML

/// Leads what a template printed back to the inputs whose values it shows, where an action starts with one.
struct InputTrail {
  let output: Output
  let inputs: Node

  /// `origin`, with a step for each input that went into the bytes of `range`, and the variable behind it.
  func origin(_ origin: Origin, of range: Range<Int>) -> Origin {
    guard !range.isEmpty else { return origin }
    var trails = OutputTrails(output)
    var origin = origin
    for trail in trails.levels(of: range).first ?? [] where !trail.isCopied {
      let path = Self.path(at: trail.place.offset, in: trail.place.source.bytes)
      guard !path.isEmpty, let input = value(at: path) else { continue }
      origin = origin.adding(
        .valued(from: "'inputs.\(path.joined(separator: "."))'"), at: input.origin.location)
      if let step = input.origin.lastStep, case .substituted = step.kind {
        origin = origin.adding(step.kind, at: step.location)
      }
    }
    return origin
  }

  /// A single value; one that is put together has no place of its own.
  private func value(at path: [String]) -> Node? {
    var node: Node? = inputs
    for key in path { node = node?[key] }
    return node?.scalar == nil ? nil : node
  }

  /// The fields of `inputs` that an expression starts with, such as `inputs.tag | quote`.
  private static func path(at offset: Int, in bytes: [UInt8]) -> [String] {
    let text = bytes.dropFirst(offset).drop { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: " ") }
    let word = Array("inputs.".utf8)
    guard text.starts(with: word) else { return [] }
    let fields = text.dropFirst(word.count - 1).prefix { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte >= 0x80
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return fields.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
  }
}
