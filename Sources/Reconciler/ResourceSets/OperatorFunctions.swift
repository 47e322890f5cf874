import GoTemplate
import Sprig
import YAML

/// The functions that templates of a ResourceSet can call: Go's, those of slim-sprig that depend on nothing outside, and
/// the operator's own.
enum OperatorFunctions {
  /// The functions with `inputs`, which gives the mapping `inputs` or an empty one.
  static func table(inputs: Node?) -> FunctionTable {
    common.adding([
      Function("inputs") { (_) throws(FunctionError) in
        guard let inputs else { return .anyDict([:]) }
        do throws(YAMLValues.Malformed) { return try YAMLValues.value(inputs) } catch {
          throw .message(error.message)
        }
      }
    ])
  }

  private static let common = FunctionTable.builtins.adding(
    Sprig.functions.filter { slim.contains($0.name) } + own)

  private static let own = [
    Function("slugify", .string) { (arguments) throws(FunctionError) in
      guard case .string(let text) = arguments[0] else { return .missing }
      guard let slug = Slug.make(text.text) else { throw .limit("slugify is not known for '\(text.text)'") }
      return .text(slug)
    },
    Function("toYaml", .any) { arguments in (try? yaml(arguments[0])).map { .string($0) } ?? "" },
    Function("mustToYaml", .any) { (arguments) throws(FunctionError) in
      do throws(YAMLValues.Malformed) { return .string(try yaml(arguments[0])) } catch {
        throw .message(error.message)
      }
    },
  ]

  /// With the line feed at the end that Helm's function of the same name takes away.
  private static func yaml(_ value: Value) throws(YAMLValues.Malformed) -> GoString {
    GoString(try YAMLValues.write(value).bytes + [UInt8(ascii: "\n")])
  }

  /// `HermeticTxtFuncMap` of github.com/go-task/slim-sprig.
  private static let slim: Set<String> = [
    "hello", "ago", "duration", "durationRound", "must_date_modify", "mustDateModify", "mustToDate", "toDate",
    "unixEpoch",
    "trunc", "trim", "upper", "lower", "title", "substr", "repeat", "trimall", "trimAll", "trimSuffix", "trimPrefix",
    "contains", "hasPrefix", "hasSuffix", "quote", "squote", "cat", "indent", "nindent", "replace", "plural", "sha1sum",
    "sha256sum", "adler32sum", "toString", "atoi", "int64", "int", "float64", "seq", "toDecimal", "split", "splitList",
    "splitn", "toStrings", "until", "untilStep", "add1", "add", "sub", "div", "mod", "mul", "randInt", "biggest", "max",
    "min", "maxf", "minf", "ceil", "floor", "round", "join", "sortAlpha", "default", "empty", "coalesce", "all", "any",
    "compact", "mustCompact", "fromJson", "toJson", "toPrettyJson", "toRawJson", "mustFromJson", "mustToJson",
    "mustToPrettyJson", "mustToRawJson", "ternary", "typeOf", "typeIs", "typeIsLike", "kindOf", "kindIs", "deepEqual",
    "base", "dir", "clean", "ext", "isAbs", "osBase", "osClean", "osDir", "osExt", "osIsAbs", "b64enc", "b64dec",
    "b32enc", "b32dec", "tuple", "list", "dict", "get", "set", "unset", "hasKey", "pluck", "keys", "pick", "omit",
    "values", "append", "push", "mustAppend", "mustPush", "prepend", "mustPrepend", "first", "mustFirst", "rest",
    "mustRest", "last", "mustLast", "initial", "mustInitial", "reverse", "mustReverse", "uniq", "mustUniq", "without",
    "mustWithout", "has", "mustHas", "slice", "mustSlice", "concat", "dig", "chunk", "mustChunk", "fail", "regexMatch",
    "mustRegexMatch", "regexFindAll", "mustRegexFindAll", "regexFind", "mustRegexFind", "regexReplaceAll",
    "mustRegexReplaceAll", "regexReplaceAllLiteral", "mustRegexReplaceAllLiteral", "regexSplit", "mustRegexSplit",
    "regexQuoteMeta", "urlParse", "urlJoin",
  ]
}
