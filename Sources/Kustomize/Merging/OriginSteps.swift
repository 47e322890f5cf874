import Diagnostics
import YAML

extension Node {
  /// This value and all below, with one more step behind their origins.
  func adding(_ kind: OriginStep.Kind, at location: Location) -> Node {
    var marker = StepMarker(kind: kind, location: location)
    return marker.mark(self)
  }
}

/// Adds a step to origins, and shares the step among values that have gone the same way.
private struct StepMarker {
  let kind: OriginStep.Kind
  let location: Location
  private var earlier: OriginStep?
  private var step: OriginStep?

  init(kind: OriginStep.Kind, location: Location) {
    self.kind = kind
    self.location = location
  }

  private mutating func mark(_ origin: Origin) -> Origin {
    if step == nil || earlier !== origin.lastStep {
      earlier = origin.lastStep
      step = OriginStep(kind, at: location, after: earlier)
    }
    return Origin(file: origin.file, span: origin.span, lastStep: step)
  }

  mutating func mark(_ node: Node) -> Node {
    let origin = mark(node.origin)
    switch node.value {
    case .scalar:
      return Node(node.value, origin: origin)
    case .sequence(let items):
      var marked: [Node] = []
      marked.reserveCapacity(items.count)
      for item in items { marked.append(mark(item)) }
      return Node(.sequence(marked), origin: origin)
    case .mapping(let mapping):
      var entries = mapping.entries
      for index in entries.indices {
        entries[index].keyOrigin = mark(entries[index].keyOrigin)
        entries[index].value = mark(entries[index].value)
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }
}
