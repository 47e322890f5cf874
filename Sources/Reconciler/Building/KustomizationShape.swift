/// The shape that Go types give a kustomization file.
indirect enum KustomizationShape: Sendable {
  case string
  /// A string that is kept though it is empty.
  case optionalString
  case bool
  case int
  /// Anything, as it is.
  case any
  case list(KustomizationShape)
  /// From text to text.
  case map
  case object([String: KustomizationShape])
}

extension KustomizationShape {
  private static let strings = KustomizationShape.list(.string)
  private static let type: [String: KustomizationShape] = ["group": .string, "version": .string, "kind": .string]
  private static let id = type.adding(["name": .string, "namespace": .string])
  private static let selector = KustomizationShape.object(
    id.adding(["labelSelector": .string, "annotationSelector": .string]))
  private static let generatorOptions = KustomizationShape.object([
    "labels": .map, "annotations": .map, "disableNameSuffixHash": .bool, "immutable": .bool,
  ])
  private static let generator: [String: KustomizationShape] = [
    "namespace": .string, "name": .string, "behavior": .string, "literals": strings, "files": strings, "envs": strings,
    "env": .string, "options": generatorOptions,
  ]
  private static let patch = KustomizationShape.object([
    "path": .string, "patch": .string, "target": selector,
    "options": .object(["allowNameChange": .bool, "allowKindChange": .bool]),
  ])
  private static let image = KustomizationShape.object([
    "name": .string, "newName": .string, "tagSuffix": .string, "newTag": .string, "digest": .string,
  ])
  private static let fieldOptions = KustomizationShape.object([
    "delimiter": .string, "index": .int, "encoding": .string, "create": .bool,
  ])
  private static let replacement = KustomizationShape.object([
    "path": .string, "sourceValue": .optionalString,
    "source": .object(id.adding(["fieldPath": .string, "options": fieldOptions])),
    "targets": .list(
      .object(["select": selector, "reject": .list(selector), "fieldPaths": strings, "options": fieldOptions])),
  ])
  private static let label = KustomizationShape.object([
    "pairs": .map, "includeSelectors": .bool, "includeTemplates": .bool, "includeVolumeClaimTemplates": .bool,
    "fields": .list(.object(type.adding(["path": .string, "create": .bool]))),
  ])
  private static let variable = KustomizationShape.object([
    "name": .string, "objref": .object(id.adding(["apiVersion": .string])), "fieldref": .object(["fieldPath": .string]),
  ])
  private static let helmChart = KustomizationShape.object([
    "name": .string, "version": .string, "repo": .string, "releaseName": .string, "namespace": .string,
    "additionalValuesFiles": strings, "valuesFile": .string, "valuesInline": .any, "valuesMerge": .string,
    "includeCRDs": .bool, "skipHooks": .bool, "apiVersions": strings, "kubeVersion": .string, "nameTemplate": .string,
    "skipTests": .bool, "debug": .bool, "devel": .bool,
  ])
  private static let oldHelmChart = KustomizationShape.object([
    "chartName": .string, "chartVersion": .string, "chartRepoUrl": .string, "chartHome": .string,
    "chartRepoName": .string, "helmBin": .string, "helmHome": .string, "values": .string, "valuesLocal": .any,
    "valuesMerge": .string, "releaseName": .string, "releaseNamespace": .string, "extraArgs": strings,
  ])
  private static let sortOptions = KustomizationShape.object([
    "order": .string, "legacySortOptions": .object(["orderFirst": strings, "orderLast": strings]),
  ])

  /// A kustomization file of kustomize 5.8.
  static let kustomization: [String: KustomizationShape] = [
    "apiVersion": .string, "kind": .string,
    "metadata": .object(["name": .string, "namespace": .string, "labels": .map, "annotations": .map]),
    "openapi": .map, "namePrefix": .string, "nameSuffix": .string, "namespace": .string, "commonLabels": .map,
    "labels": .list(label), "commonAnnotations": .map, "patchesStrategicMerge": strings,
    "patchesJson6902": .list(patch), "patches": .list(patch), "images": .list(image), "imageTags": .list(image),
    "replacements": .list(replacement), "replicas": .list(.object(["name": .string, "count": .int])),
    "vars": .list(variable), "sortOptions": sortOptions, "resources": strings, "components": strings, "crds": strings,
    "bases": strings, "configMapGenerator": .list(.object(generator)),
    "secretGenerator": .list(.object(generator.adding(["type": .string]))),
    "helmGlobals": .object(["chartHome": .string, "configHome": .string]), "helmCharts": .list(helmChart),
    "helmChartInflationGenerator": .list(oldHelmChart), "generatorOptions": generatorOptions,
    "configurations": strings, "generators": strings, "transformers": strings, "validators": strings,
    "buildMetadata": strings,
  ]
}

extension [String: KustomizationShape] {
  fileprivate func adding(_ others: [String: KustomizationShape]) -> [String: KustomizationShape] {
    merging(others) { _, new in new }
  }
}
