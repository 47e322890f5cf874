import Flux
import Testing

@Suite struct LifecycleTests {
  @Test(arguments: [
    (FluxKind.kustomization, "v1beta1", FluxVersion.v27, APILifecycle.State.removed(in: .v27)),
    (.kustomization, "v1beta2", .v27, .deprecated(since: FluxVersion(minor: 0), removedIn: .v28)),
    (.kustomization, "v1", .v29, .served),
    (.alert, "v1beta2", .v28, .deprecated(since: FluxVersion(minor: 2), removedIn: .v29)),
    (.alert, "v1beta2", .v29, .removed(in: .v29)),
    (.imagePolicy, "v1", FluxVersion(minor: 6), .unavailable(since: .v27)),
    (.fluxInstance, "v1", .v27, .served),
  ])
  func versionsComeAndGo(_ kind: FluxKind, version: String, flux: FluxVersion, state: APILifecycle.State) {
    #expect(kind.lifecycle(of: version)?.state(in: flux) == state)
  }

  @Test(arguments: [(FluxKind.imagePolicy, "v1"), (.alert, "v1beta3"), (.helmRelease, "v2"), (.resourceSet, "v1")])
  func theVersionToWriteIsTheNewestWithoutAWarning(_ kind: FluxKind, version: String) {
    #expect(kind.preferredVersion(in: .newest) == version)
  }

  @Test func everyKindHasItsFields() {
    for kind in FluxKind.allCases {
      #expect(!kind.schema.fields.isEmpty, "\(kind)")
      #expect(kind.schema.versions.last.map { $0.state(in: .newest) } == .served, "\(kind)")
      for path in kind.schema.fields.keys where path.hasSuffix("[]") { Issue.record("\(path) is no field") }
    }
  }

  @Test func fieldsKnowTheirBounds() {
    let fields = FluxKind.kustomization.schema.fields
    #expect(fields["spec.prune"]?.isRequired == true)
    #expect(fields["spec.ignore"]?.since == .v29)
    #expect(fields["spec.targetNamespace"]?.maximumLength == 63)
    #expect(fields["spec.interval"]?.pattern == #"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$"#)
    #expect(fields["spec.sourceRef.kind"]?.allowedValues.last == .init(text: "ExternalArtifact", since: .v27))
    #expect(FluxKind.helmRelease.schema.fields["spec.chart.spec.version"]?.defaultValue == #""*""#)
    #expect(
      FluxKind.kustomization.schema.members["spec.dependsOn[]"]?.keys.sorted() == ["name", "namespace", "readyExpr"])
    #expect(FluxKind.kustomization.schema.droppedFields["spec.validation"]?.goneIn == "v1")
  }
}
