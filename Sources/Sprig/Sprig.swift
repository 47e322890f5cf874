import GoTemplate

/// The functions that charts and ResourceSets can call.
public enum Sprig {
  /// All of sprig v3.3.0 for text templates, with `env` and `expandenv`, which know no environment and give nothing.
  public static let functions: [Function] =
    (StringFunctions.functions + ListFunctions.functions + DictFunctions.functions + DefaultFunctions.functions
    + NumberFunctions.functions + EncodingFunctions.functions + PathFunctions.functions + RegexFunctions.functions
    + DateFunctions.functions + URLFunctions.functions + VersionFunctions.functions + CryptoFunctions.functions
    + MadeUp.functions + [fail] + environment).map(FunctionCosts.priced)

  private static let fail = Function("fail", .string) { (arguments) throws(FunctionError) in
    guard case .string(let text) = arguments[0] else { return .missing }
    throw .failed(text.text)
  }

  /// What runs is not the machine that renders.
  private static let environment = ["env", "expandenv"].map { name in Function(name, .string) { _ in "" } }

  /// Go's own functions and sprig's.
  public static let table = FunctionTable.builtins.adding(functions)

  /// What Helm 4 gives to charts: sprig without the environment, and Helm's own functions.
  public static let helm = table.removing(["env", "expandenv"]).adding(
    HelmFunctions.functions.map(FunctionCosts.priced))
}
