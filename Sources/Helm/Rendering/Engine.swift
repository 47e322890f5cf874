import Diagnostics
import GoTemplate
import Sprig

/// Runs templates that can call each other, each with what it sees, in the order of Helm's engine.
package struct Engine {
  /// A template with what it sees.
  package struct Task {
    var source: TemplateSource
    var scope: Dict
    var basePath: String
    /// What parsing the source gave, where it was parsed before.
    var parsed: Result<ParsedTemplate, TemplateError>?

    /// A template under its path.
    package init(source: TemplateSource, scope: Dict, basePath: String) {
      self.source = source
      self.scope = scope
      self.basePath = basePath
    }
  }

  /// What one template wrote.
  package struct Rendered {
    /// The template's path.
    package var path: String
    /// What it wrote.
    package var output: Output
  }

  /// Where it failed: while the templates were read, or while one ran.
  package enum Failure: Error {
    case parsing(TemplateError, path: String)
    case executing(TemplateError)
  }

  private let tasks: [String: Task]
  private let isStrict: Bool
  private let limits: Limits
  private let keepsReads: Bool

  /// An engine for templates by path.
  package init(_ tasks: [String: Task], isStrict: Bool = false, limits: Limits = .standard, keepsReads: Bool = false) {
    self.tasks = tasks
    self.keepsReads = keepsReads
    self.isStrict = isStrict
    self.limits = limits
  }

  /// The set that the templates of a chart go into.
  static let emptySet = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: .zero)

  static func isPartial(_ path: String) -> Bool {
    path.split(separator: "/").last?.hasPrefix("_") ?? false
  }

  /// Deeper paths come first, so that what a parent defines replaces what its subcharts define.
  static func order(of paths: [String]) -> [String] {
    paths.map { path in (path, path.utf8.lazy.filter { $0 == UInt8(ascii: "/") }.count) }
      .sorted { left, right in
        left.1 == right.1 ? right.0.utf8.lexicographicallyPrecedes(left.0.utf8) : left.1 > right.1
      }
      .map(\.0)
  }

  /// What came of all templates.
  package struct Run {
    /// The output of every template but the partials.
    package var rendered: [Rendered] = []
    /// The functions that made values up.
    package var madeUp: Set<String> = []
    /// The steps that were taken.
    package var steps = 0
  }

  /// Runs every template but the partials.
  package func run() throws(Failure) -> Run {
    var templates = Engine.emptySet
    if isStrict { templates.missingKey = .error }
    let order = Engine.order(of: Array(tasks.keys))
    for path in order {
      guard let task = tasks[path] else { continue }
      do throws(TemplateError) {
        if let parsed = task.parsed { templates.add(try parsed.get()) } else { try templates.add(task.source) }
      } catch {
        throw .parsing(error, path: path)
      }
    }
    var run = Run()
    for path in order where !Engine.isPartial(path) {
      guard let task = tasks[path] else { continue }
      task.scope["Template"] = .dict(
        Dict(["Name": .text(path), "BasePath": .text(task.basePath)], typeName: "common.Values"))
      do throws(TemplateError) {
        let result = try templates.evaluate(
          path, with: .dict(task.scope), limits: limits, keepsReads: keepsReads, steps: &run.steps)
        run.rendered.append(Rendered(path: path, output: result.output.removing(Evaluator.noValue)))
        run.madeUp.formUnion(result.madeUp)
      } catch {
        throw .executing(error)
      }
    }
    return run
  }
}
