import Diagnostics
import Flux
import Helm
import YAML

extension ReleaseComposer {
  /// For each `targetPath` whether what it sets survives the inline values, which are merged over once more at the end.
  /// That depends on who made the mapping around the key, and not on the value: a mark shows it.
  func keptTargets(of release: HelmRelease) -> [String: Bool] {
    guard release.values != nil, release.valuesFrom.contains(where: { $0.value.target != nil }) else { return [:] }
    var merge = ValuesMerge(inline: release.values, origin: release.origin)
    var marks: [String: String] = [:]
    for (position, source) in release.valuesFrom.enumerated() {
      guard let ref = source.value.ref else { continue }
      if let target = source.value.target {
        let mark = "<target \(position)>"
        // Of two values for one key it is not this mark that tells them apart.
        guard marks.updateValue(mark, forKey: target) == nil else { return [:] }
        let isSet: Void? = try? merge.set(at: TargetPath(target)) { values throws(SetValues.Malformed) in
          try SetValues.apply("\(target)=\(mark)", .text, to: &values, origin: ref.origin)
        }
        if isSet == nil { return [:] }
        continue
      }
      switch content(of: ref, key: source.value.valuesKey?.value ?? "values.yaml") {
      case .text(let text):
        guard let values = try? text.embeddedDocuments().first?.root, values.mapping != nil else { return [:] }
        merge.merge(values)
      case .keyAbsent where source.value.optional?.value == true: continue
      case .absent, .keyAbsent, .unknown: return [:]
      }
    }
    let kept = merge.finish()
    return marks.mapValues { kept.holds(text: $0) }
  }
}

extension HelmRelease.ValuesReference {
  /// The path that the value goes to; nil where it is merged as a whole.
  fileprivate var target: String? { targetPath.flatMap { $0.value.isEmpty ? nil : $0.value } }
}
