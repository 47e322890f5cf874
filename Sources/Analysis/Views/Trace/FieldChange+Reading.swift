import Diagnostics
import Kubernetes
import YAML

extension FieldChange {
  /// What has changed in an object since it was written, grouped by what changed it, in the order of the fields.
  static func all(in manifest: Manifest) -> [FieldChange] {
    let origin = (manifest.node["kind"] ?? manifest.node).origin
    var collector = Collector(home: origin.file, isRendered: origin.isRendered)
    collector.walk(manifest.node, path: "", depth: 0)
    return collector.changes
  }

  private struct Collector {
    struct Key: Hashable {
      var what: String
      var file: String
      var entry: Location?
    }

    static let depthLimit = 200
    let home: SourceFile
    /// Whether a chart printed the object: helm-controller then adds labels of its own.
    let isRendered: Bool
    var changes: [FieldChange] = []
    var positions: [Key: Int] = [:]

    mutating func walk(_ node: Node, path: String, depth: Int) {
      guard depth < Self.depthLimit else { return }
      switch node.value {
      case .scalar: note(node.origin, path)
      case .sequence(let items):
        for (index, item) in items.enumerated() {
          // An entry of a list is known by its name.
          let name = item["name"]?.scalar?.text ?? "\(index)"
          walk(item, path: "\(path)[\(name)]", depth: depth + 1)
        }
      case .mapping(let mapping):
        for entry in mapping.entries {
          let key = entry.key.text
          let part = key.contains(".") ? "[\(key)]" : path.isEmpty ? key : ".\(key)"
          walk(entry.value, path: path + part, depth: depth + 1)
        }
      }
    }

    private mutating func note(_ origin: Origin, _ path: String) {
      guard let step = origin.lastStep else {
        if origin.file != home {
          add(isRendered ? "added for the release" : "written", at: origin.location, entry: nil, path)
        }
        return
      }
      switch step.kind {
      // How the whole object came to be is told elsewhere.
      case .included, .rendered, .generated: return
      case .installed:
        if origin.isValueOfRelease { add("value of the release", at: origin.location, entry: nil, path) }
      case .patched, .replaced:
        let isElsewhere = origin.file != home && origin.file != step.location.file
        add(
          step.kind.words, at: origin.file == home ? step.location : origin.location,
          entry: isElsewhere ? step.location : nil, path)
      case .transformed, .substituted, .reconciled, .valued:
        add(step.kind.words, at: step.location, entry: nil, path)
      }
    }

    private mutating func add(_ what: String, at place: Location, entry: Location?, _ path: String) {
      let key = Key(what: what, file: place.file.path, entry: entry ?? (what == "patched" ? nil : place))
      if let position = positions[key] {
        changes[position].fields.append(path)
      } else {
        positions[key] = changes.count
        changes.append(FieldChange(what: what, place: place, entry: entry, fields: [path]))
      }
    }
  }
}

extension Origin {
  /// Whether a template printed it.
  fileprivate var isRendered: Bool {
    steps.contains { if case .rendered = $0.kind { true } else { false } }
  }

  /// Whether a value of a release went into a field that a chart printed. What templates and the chart's own values say
  /// is no change.
  fileprivate var isValueOfRelease: Bool {
    // One helper can call another in the same file.
    let release = lastStep?.location.file
    return !steps.contains { step in
      switch step.kind {
      case .rendered: step.location == location || file != release && step.location.file == file
      case .valued(let source): source.hasSuffix(" of the chart's own")
      default: false
      }
    }
  }
}

extension OriginStep.Kind {
  /// What happened, without the "here" of a sentence beside its place.
  var words: String {
    let sentence = sentence
    return sentence.hasSuffix(" here") ? String(sentence.dropLast(" here".count)) : sentence
  }
}
