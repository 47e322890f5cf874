import GoTemplate
import Versions

/// Semantic versions.
enum VersionFunctions {
  static let functions: [Function] = [
    Function("semver", .string) { (arguments) throws(FunctionError) in
      .object(VersionObject(try run { () throws(VersionError) in try Version(arguments.string(0).text) }))
    },
    Function("semverCompare", .string, .string) { (arguments) throws(FunctionError) in
      .bool(
        try run { () throws(VersionError) in
          let constraint = try Constraint(arguments.string(0).text)
          return constraint.allows(try Version(arguments.string(1).text))
        })
    },
  ]

  private static func run<T>(_ body: () throws(VersionError) -> T) throws(FunctionError) -> T {
    do throws(VersionError) {
      return try body()
    } catch {
      throw .message(error.description)
    }
  }
}

/// A version in a template: Go's `*semver.Version`.
public final class VersionObject: TemplateObject {
  private let version: Version
  /// The value and not the pointer, which the `Inc…` methods give.
  private let isPlain: Bool

  static let pointerType = GoType.named("*semver.Version", kind: "ptr")

  /// A version for templates.
  public convenience init(_ version: Version) {
    self.init(version, isPlain: false)
  }

  private init(_ version: Version, isPlain: Bool) {
    self.version = version
    self.isPlain = isPlain
  }

  /// The Go type.
  public var type: GoType { isPlain ? .named("semver.Version", kind: "struct") : VersionObject.pointerType }
  /// The version without a leading `v`.
  public var text: GoString? { GoString(version.description) }

  /// Whether the versions are written alike.
  public func isEqual(to other: any TemplateObject) -> Bool {
    (other as? VersionObject).map { $0.version == version } ?? false
  }

  /// The methods of the Go type.
  public func method(_ name: GoString) -> Function? {
    let version = version
    switch name {
    case "Major": return Function("Major") { _ in .uint(version.major, .uint64) }
    case "Minor": return Function("Minor") { _ in .uint(version.minor, .uint64) }
    case "Patch": return Function("Patch") { _ in .uint(version.patch, .uint64) }
    case "Prerelease": return Function("Prerelease") { _ in .text(version.prerelease) }
    case "Metadata": return Function("Metadata") { _ in .text(version.metadata) }
    case "Original": return Function("Original") { _ in .text(version.original) }
    case "String": return Function("String") { _ in .text(version.description) }
    case "IncMajor": return incremented(name, version.incrementedMajor)
    case "IncMinor": return incremented(name, version.incrementedMinor)
    case "IncPatch": return incremented(name, version.incrementedPatch)
    case "Compare": return comparing(name) { .int($0) }
    case "Equal": return comparing(name) { .bool($0 == 0) }
    case "LessThan": return comparing(name) { .bool($0 < 0) }
    case "LessThanEqual": return comparing(name) { .bool($0 <= 0) }
    case "GreaterThan": return comparing(name) { .bool($0 > 0) }
    case "GreaterThanEqual": return comparing(name) { .bool($0 >= 0) }
    default: return nil
    }
  }

  /// The library keeps a leading `v` in what is incremented.
  private func incremented(_ name: GoString, _ next: Version) -> Function {
    var next = next
    if version.original.hasPrefix("v") { next.original = "v" + next.original }
    return Function(name.text) { [next] _ in .object(VersionObject(next, isPlain: true)) }
  }

  private func comparing(_ name: GoString, _ answer: @escaping @Sendable (Int) -> Value) -> Function {
    Function(name.text, VersionObject.pointerType) { [version] arguments in
      guard case .object(let object) = arguments[0], let other = object as? VersionObject else { return .missing }
      return answer(version.compare(other.version))
    }
  }
}
