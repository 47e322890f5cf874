import Glibc
import Workers

/// A run of cases that are the same for the same seed and corpus.
struct FuzzRun {
  /// Cases between two lines of progress.
  private static let batch = 50
  /// A case that takes longer is reported.
  private static let slow = Duration.seconds(5)
  /// A case that takes longer than this many seconds ends the process, by the signal `SIGALRM`.
  private static let patience: UInt32 = 60

  let corpus: FuzzCorpus
  let seed: UInt64
  let isVerbose: Bool
  /// The only target; nil for all.
  let target: FuzzTarget?

  /// Runs cases from `first` on until `time` is over.
  /// - Returns: how many were run, and how many of them showed something.
  func run(from first: Int, for time: Duration) -> (cases: Int, problems: Int) {
    let end = ContinuousClock.now + time
    var (number, problems) = (first, 0)
    while ContinuousClock.now < end {
      note("seed \(seed), cases \(number) to \(number + Self.batch - 1)")
      for _ in 0..<Self.batch where ContinuousClock.now < end {
        if !passes(number) { problems += 1 }
        number += 1
      }
    }
    return (number - first, problems)
  }

  /// Runs one case; true when nothing is to be said of it.
  func passes(_ number: Int) -> Bool {
    guard let (target, input) = makeCase(number) else { return true }
    return passes(number, target, input)
  }

  private func passes(_ number: Int, _ target: FuzzTarget, _ input: FuzzInput) -> Bool {
    if isVerbose { note("case \(number), \(target.rawValue)") }
    alarm(Self.patience)
    defer { alarm(0) }
    // The time of the processor: how busy the machine is does not count.
    let start = Glibc.clock()
    let problem = Workers(jobs: 1).run { target.run(input) } ?? nil
    let time = Duration.seconds(Double(Glibc.clock() - start) / 1_000_000)
    if let problem { note("seed \(seed), case \(number), \(target.rawValue): \(problem)") }
    if time > Self.slow { note("seed \(seed), case \(number), \(target.rawValue): took \(time)") }
    return problem == nil && time <= Self.slow
  }

  /// Runs all targets on everything in the corpus as it is.
  /// - Returns: how many cases were run, and how many of them showed something.
  func replay() -> (cases: Int, problems: Int) {
    let cases = FuzzTarget.allCases.flatMap { target in target.plainInputs(corpus).map { (target, $0) } }
    let failed = cases.enumerated().filter { number, one in !passes(number, one.0, one.1) }
    return (cases.count, failed.count)
  }

  /// What a case is made of.
  func makeCase(_ number: Int) -> (target: FuzzTarget, input: FuzzInput)? {
    var random = RandomSource(seed: seed, case: number)
    guard let target = target ?? FuzzTarget.any(of: corpus, &random) else { return nil }
    return (target, target.input(corpus, &random))
  }

  /// At once and unbuffered: the next case may end the process.
  private func note(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
