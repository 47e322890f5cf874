extension FunctionLibrary {
  /// The functions that every CEL has.
  public static let standard = FunctionLibrary(
    Operators.all + Conversions.all + Collections.all + Texts.all + Times.all)
  /// Values that may be absent.
  public static let optionals = FunctionLibrary(Optionals.all)
  /// cel-go's extension for texts, in its newest version.
  public static let strings = FunctionLibrary(StringExtensions.all)
  /// cel-go's extension for lists as sets.
  public static let sets = FunctionLibrary(SetExtensions.all)
  /// cel-go's extension for encodings.
  public static let encoders = FunctionLibrary(Encoders.all)

  /// What Flux's controllers load.
  public static let all = [standard, optionals, strings, sets, encoders]
}
