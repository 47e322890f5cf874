import ArgumentParser

/// Looks for inputs that crash, hang or break a promise.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Run the engines on spoilt inputs.",
    discussion: """
      Inputs are made from the files of the folders, always the same ones from the same seed. A crash ends the process: the last
      line names the cases it is among. To see it again:

        sluice-dev fuzz --seed S --case N --show FOLDER
      """)

  @Option(name: .long, help: "How long to go on.")
  var seconds = 60

  @Option(name: .long, help: "What the inputs are made from.")
  var seed: UInt64 = 1

  @Option(name: .customLong("case"), help: "Run only the case with this number.")
  var number: Int?

  @Option(name: .customLong("from"), help: "The number of the first case.")
  var first = 0

  @Option(name: .long, help: "Run only this: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
  var target: FuzzTarget?

  @Flag(name: .long, help: "Print the number of each case before it runs.")
  var verbose = false

  @Flag(name: .long, help: "Print the files of --case instead of running it.")
  var show = false

  @Flag(name: .long, help: "Run everything in the folders as it is, once.")
  var replay = false

  @Argument(help: "Folders with inputs, such as those of the conformance corpus.")
  var directories: [String]

  func run() throws {
    let fuzz = FuzzRun(corpus: try FuzzCorpus(directories), seed: seed, isVerbose: verbose, target: target)
    if show, let number {
      for (path, bytes) in fuzz.makeCase(number)?.input.files ?? [] {
        print("=== \(path)\n\(String(decoding: bytes, as: UTF8.self))")
      }
      return
    }
    if let number {
      if !fuzz.passes(number) { throw ExitCode(1) }
      return
    }
    let result = replay ? fuzz.replay() : fuzz.run(from: first, for: .seconds(seconds))
    print("\(result.cases) cases, \(result.problems) problems")
    if result.problems > 0 { throw ExitCode(1) }
  }
}

extension FuzzTarget: ExpressibleByArgument {}
