import Diagnostics
import Testing
import YAML

@testable import Reconciler

@Suite struct ControllerFlagTests {
  @Test func aValueStandsBehindTheNameOrInTheNextArgument() throws {
    let flags = try flags(
      "[--log-level=info, --default-service-account, deployer, --no-remote-bases, --feature-gates=A=true]")
    #expect(flags.map(\.name) == ["--log-level", "--default-service-account", "--no-remote-bases", "--feature-gates"])
    #expect(flags.map(\.value) == ["info", "deployer", "true", "A=true"])
    #expect(flags.map(\.place.span.start.column) == [2, 20, 57, 76])
  }

  @Test(arguments: ["True", "t", "1"]) func aSwitchIsOnAsGoReadsIt(_ text: String) throws {
    #expect(try flags("[--no-cross-namespace-refs=\(text)]").map(\.isOn) == [true])
  }

  @Test func aSwitchMayBeOff() throws {
    #expect(try flags("[--no-cross-namespace-refs=0, --watch-all-namespaces=F]").map(\.isOn) == [false, false])
  }

  @Test func aSwitchThatIsNotKnownTakesNoFlagAway() throws {
    #expect(try flags("[--some-switch, --no-cross-namespace-refs=true]").map(\.value) == ["true", "true"])
  }

  @Test func whatIsNoFlagAndWhatStandsBehindTwoDashesIsLeftOut() throws {
    #expect(try flags("[run, --, --no-remote-bases]").isEmpty)
  }

  private func flags(_ arguments: String) throws -> [ControllerFlag] {
    ControllerFlag.all(in: try YAMLReader.read(text: arguments).first?.root.sequence.map(Array.init) ?? [])
  }
}
