/// What one evaluation may take. Templates come from strangers: each limit ends the evaluation with an error.
public struct Limits: Sendable {
  /// How many statements and calls run; long texts and large values count for many.
  public var steps: Int
  /// How many bytes are written, by the template and by all it includes; no function gives a longer text.
  public let outputBytes: Int
  /// How deep templates call templates. Helm allows an include to be within itself 1,000 times.
  public var templateDepth: Int
  /// How deep statements and expressions nest over all templates that are being evaluated. A level takes up to about
  /// 5 KB of stack in a debug build: the caller provides a thread with 64 MB for the default.
  public var nesting: Int

  /// Limits of one's own.
  public init(
    steps: Int = 20_000_000, outputBytes: Int = Limits.largestOutput, templateDepth: Int = 2_000, nesting: Int = 10_000
  ) {
    self.steps = steps
    self.outputBytes = min(outputBytes, Limits.largestOutput)
    self.templateDepth = templateDepth
    self.nesting = nesting
  }

  /// Texts are made no longer than this, whatever the limits say.
  public static let largestOutput = 64 << 20

  /// What real charts never reach.
  public static let standard = Limits()
}

/// What a template does with keys that a map does not have.
public enum MissingKey: Sendable {
  /// No value (`missingkey=default`).
  case none
  /// The zero value of the map's elements (`missingkey=zero`).
  case zero
  /// An error (`missingkey=error`).
  case error
}
