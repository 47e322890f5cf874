import Diagnostics
import GoTemplate

/// Why a chart is not rendered.
public struct HelmError: PlacedError {
  /// The kind of failure.
  public enum Code: Sendable, Hashable {
    /// The chart's own files are wrong: `Chart.yaml`, `values.yaml`, an archive.
    case chart
    /// The values do not fit the chart: their type, their schema.
    case values
    /// The chart does not allow the Kubernetes version.
    case kubeVersion
    /// A template fails.
    case template(TemplateError.Code)
    /// What a template printed is no YAML.
    case manifest
  }

  /// The kind of failure.
  public var code: Code
  /// The whole as Helm words it.
  public var text: String
  /// What is wrong, without the places.
  public var message: String
  /// The place, where a file is involved.
  public var location: Location?
  /// What led there.
  public var trace: [RelatedLocation]
  /// How the values break the schemas.
  public var violations: [SchemaViolation]

  /// One way in which values break a schema.
  public struct SchemaViolation: Sendable, Hashable {
    /// The keys that lead to the value, from the release's values.
    public var path: [String]
    /// What is wrong with it, such as `got string, want number`.
    public var message: String
    /// Whether something is not there that must be.
    public var isMissing: Bool
    /// The key below it that should not be there, where that is what is wrong.
    public var surplus: String?
  }

  /// An error in Helm's words.
  public init(
    _ code: Code, _ text: String, message: String? = nil, at location: Location? = nil, trace: [RelatedLocation] = [],
    violations: [SchemaViolation] = []
  ) {
    self.code = code
    self.text = text
    self.message = message ?? text
    self.location = location
    self.trace = trace
    self.violations = violations
  }
}
