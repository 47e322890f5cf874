import Files
import Foundation
import Helm
import Workers

/// How long the charts of a folder take, all in one process and on one thread.
enum ChartBenchmark {
  private struct Sample {
    var name: String
    var load = Duration.zero
    var prepare = Duration.zero
    var render = Duration.zero
    var steps = 0

    var whole: Duration { load + prepare + render }
  }

  /// The charts: folders with a `Chart.yaml`, or with a folder `chart` that has one, as the conformance corpus has them.
  static func folders(in directory: String) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    return names.compactMap { name in
      ["\(directory)/\(name)/chart", "\(directory)/\(name)"].first {
        FileManager.default.fileExists(atPath: $0 + "/Chart.yaml")
      }
    }
  }

  static func run(_ folders: [String]) {
    // Templates recurse: a worker has the stack for it.
    let samples = Workers(jobs: 1).run { folders.compactMap { sample(of: $0) } } ?? []
    guard !samples.isEmpty else { return }
    let total = samples.reduce(Duration.zero) { $0 + $1.whole }
    print("\(samples.count) charts in \(milliseconds(total)) ms, \(milliseconds(total / samples.count)) ms a chart")
    for (stage, path) in [("load", \Sample.load), ("parse", \.prepare), ("render", \.render)] {
      print("  \(stage) \(milliseconds(samples.reduce(Duration.zero) { $0 + $1[keyPath: path] })) ms")
    }
    for sample in samples.sorted(by: { $0.whole > $1.whole }).prefix(5) {
      print("  \(sample.name): \(milliseconds(sample.whole)) ms, \(sample.steps) steps")
    }
    print("  most steps: \(samples.map(\.steps).max() ?? 0)")
  }

  private static func sample(of folder: String) -> Sample? {
    var sample = Sample(name: folder.split(separator: "/").suffix(2).joined(separator: "/"))
    let clock = ContinuousClock()
    var chart: Chart?
    sample.load = clock.measure {
      chart = try? DiskTree(root: folder).chart()
    }
    guard let chart else { return nil }
    var prepared: PreparedChart?
    sample.prepare = clock.measure { prepared = PreparedChart(chart) }
    var release: Release?
    sample.render = clock.measure { release = try? prepared?.render(nil, ReleaseOptions(name: "benchmark")) }
    sample.steps = release?.steps ?? 0
    return sample
  }

  private static func milliseconds(_ duration: Duration) -> String {
    String(format: "%.1f", duration / .milliseconds(1))
  }
}

extension DiskTree {
  fileprivate func chart() throws -> Chart { try ChartLoader.load(.root, in: self) }
}
