import Diagnostics
import Generate
import JSONSchema
import Policies
import Rules
import TestSupport
import Testing
import YAML

/// The published schema of the configuration, which editors check with, means what the program means.
@Suite struct ConfigurationSchemaTests {
  private static let path = "docs/schemas/config-v1.json"

  @Test(arguments: [
    "version: 1", "version: '1'", "packs: [recommended, regulated]", "packs:", "rules:", "externals:", "suppressions:",
    "null", "fluxVersion: 2.8", "fluxVersion: '2.7'", "kubernetesVersion: 1.36",
    "environments: [{name: live, class: production, clusters: ['1']}]",
    "rules: {prune-disabled: off}", "rules: {prune-disabled: false}", "rules: {prune-disabled: {severity: off}}",
    "rules: {prune-disabled: {parameters: }}", "rules: {source-ref-unpinned: {parameters: {allowed: [commit]}}}",
    "rules: {blast-radius: {parameters: {objects: 2147483647}}}", "charts: [./charts, a..b]",
    "suppressions: [{rule: prune-disabled, reason: by hand, until: 2027-01-31}]",
  ])
  func bothAccept(_ text: String) throws {
    #expect(try judge(text) == Judgement(program: true, schema: true))
  }

  @Test(arguments: [
    "version: 2", "pack: []", "packs: recommended", "- a", "fluxVersion: 2", "fluxVersion: 1.9", "fluxVersion: latest",
    "kubernetesVersion: 2.1", "environments: [{name: 1, class: production}]", "environments: [{name: a, class: prod}]",
    "tenants: [{name: a, namespaces: [true]}]", "externals: {namespaces: [~]}", "suppressions: [null]",
    "suppressions: [{rule: a, reason: ''}]", "suppressions: [{rule: a, reason: '  '}]", "suppressions: [{rule: a}]",
    "rules: {prune-disabled: true}", "rules: {prune-disabled: [error]}",
    "rules: {source-ref-unpinned: {parameters: {allowed: [comit]}}}",
    "rules: {blast-radius: {parameters: {objects: 2147483648}}}", "rules: {blast-radius: {parameters: {objects: -1}}}",
    "charts: [/charts]", "charts: [../charts]", "charts: [a/../b]", "charts: ['']", "charts: [12]",
    "entryPoints: [{cluster: 7, path: clusters/7}]",
  ])
  func bothRefuse(_ text: String) throws {
    #expect(try judge(text) == Judgement(program: false, schema: false))
  }

  private struct Judgement: Equatable {
    var program: Bool
    var schema: Bool
  }

  private func judge(_ text: String) throws -> Judgement {
    let file = SourceFile(path: Configuration.path, text: text)
    let schema = try Schema(json: SourceFile(path: Self.path, text: try Repository.text(Self.path)))
    let root = try #require(try YAMLReader.readFirst(file)).root
    return Judgement(
      program: Configuration.read(file, rules: Rule.catalogue.map(\.signature)).problems.isEmpty,
      schema: schema.validate(root).isEmpty)
  }
}
