import Foundation

/// Measures for the benchmarks: the best of several rounds, and figures in words.
enum Stopwatch {
  /// The processors' time that `body` takes in this process, on all its threads: what else the machine does counts little.
  static func processorTime(bestOf rounds: Int, _ body: () -> Void) -> Duration {
    best(of: rounds) {
      let start = processorTime
      body()
      return processorTime - start
    }
  }

  /// The time that passes while `body` runs.
  static func wallTime(bestOf rounds: Int, _ body: () -> Void) -> Duration {
    best(of: rounds) { ContinuousClock().measure(body) }
  }

  /// `1.25x`: how often `other` goes into `one`.
  static func multiple(_ one: Duration, of other: Duration) -> String {
    String(format: "%.2fx", one / other)
  }

  /// `12 %`: how much of `whole` a part is.
  static func share(_ part: Duration, of whole: Duration) -> String {
    String(format: "%.0f %%", 100 * (part / whole))
  }

  /// `12.34 ms`
  static func milliseconds(_ duration: Duration) -> String {
    String(format: "%.2f ms", duration / .milliseconds(1))
  }

  private static func best(of rounds: Int, _ measure: () -> Duration) -> Duration {
    (0..<max(1, rounds)).map { _ in measure() }.min() ?? .zero
  }

  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
