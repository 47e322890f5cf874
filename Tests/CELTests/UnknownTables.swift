import Testing

@testable import CEL

/// An object of which the status is not known, and its annotations may be more than it tells.
private let object: Value = {
  var labels = MapValue()
  labels["app"] = .string("web")
  var metadata = MapValue(isOpen: true)
  metadata["name"] = .string("apps")
  metadata["labels"] = .map(labels)
  var spec = MapValue()
  spec["suspend"] = .anything
  spec["wait"] = .bool(true)
  var root = MapValue()
  root["metadata"] = .map(metadata)
  root["spec"] = .map(spec)
  root["status"] = .anything
  return .map(root)
}()

@Suite struct UnknownTables {
  /// What an expression over the object can come to.
  private func outcomes(_ source: String) throws -> Outcomes {
    let program = try Environment.flux(variables: ["self": .object]).compile(source)
    do throws(EvaluationError) {
      switch try program.evaluate(["self": object]) {
      case .bool(let flag): return flag ? .isTrue : .isFalse
      case .unknown(let outcomes): return outcomes
      default: return .isOther
      }
    } catch {
      return .fails
    }
  }

  @Test(
    arguments: [
      ("self.status.ready == true", [.isTrue, .isFalse, .fails]), ("false && self.status.ready", .isFalse),
      ("self.status.ready && false", .isFalse),
      ("self.status.ready || true", .isTrue),
      ("self.metadata.labels.none == 'a' && self.status.ready == 1", [.isFalse, .fails]),
      ("self.status.ready == 1 && self.metadata.labels.none == 'a'", [.isFalse, .fails]),
      ("self.metadata.labels.none == 'a'", .fails),
      ("!has(self.metadata.labels.none)", .isTrue), ("has(self.metadata.annotations)", [.isTrue, .isFalse]),
      ("has(self.spec.suspend)", [.isTrue, .isFalse]),
      ("self.metadata.generation == self.status.observedGeneration", [.isTrue, .isFalse, .fails]),
      ("self.spec.wait && self.metadata.name == 'apps'", .isTrue),
      ("self.status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')", [.isTrue, .isFalse, .fails]),
      ("self.status.ready == 1 ? false : false", [.isFalse, .fails]),
      ("[dyn(1), self.status.a].exists(x, x == 1)", .isTrue),
      ("[dyn(1), self.status.a] == [2, 3]", .isFalse),
      ("self.metadata.labels.all(k, k == 'app')", .isTrue),
      ("self.spec.exists(k, k == 'none')", [.isTrue, .isFalse, .fails]), ("'app' in self.metadata.labels", .isTrue),
      ("self.?metadata.?labels.?none.orValue('x') == 'x'", .isTrue),
      ("!(self.status.a == 1 && self.metadata.labels.none == 'a')", [.isTrue, .fails]),
      ("timestamp(0).getHours('Europe/Berlin') == 1", [.isTrue, .isFalse, .fails]),
    ] as [(String, Outcomes)])
  func whatCanBe(_ source: String, _ wanted: Outcomes) throws {
    #expect(try outcomes(source) == wanted)
  }
}
