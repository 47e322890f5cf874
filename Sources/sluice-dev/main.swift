let arguments = CommandLine.arguments
let r = KustomizeRoundtripSuite.run(arguments[1])
print("\(r.passed) passed, \(r.failed) failed, \(r.skipped) skipped")
