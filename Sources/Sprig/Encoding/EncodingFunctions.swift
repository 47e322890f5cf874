import GoTemplate

/// Base64, base32 and JSON.
enum EncodingFunctions {
  static let functions: [Function] = [
    Function("b64enc", .string) { .string(Base64.encode($0.string(0).bytes)) },
    Function("b64dec", .string) { decoded($0.string(0), Base64.decode) },
    Function("b32enc", .string) { .string(Base32.encode($0.string(0).bytes)) },
    Function("b32dec", .string) { decoded($0.string(0), Base32.decode) },
    Function("toJson", .any) { written($0[0]) },
    Function("toPrettyJson", .any) { written($0[0], indentation: "  ") },
    Function("toRawJson", .any) { (arguments) throws(FunctionError) in
      .string(try writtenOrThrow(arguments[0], escapesHTML: false))
    },
    Function("mustToJson", .any) { (arguments) throws(FunctionError) in .string(try writtenOrThrow(arguments[0])) },
    Function("mustToPrettyJson", .any) { (arguments) throws(FunctionError) in
      .string(try writtenOrThrow(arguments[0], indentation: "  "))
    },
    Function("mustToRawJson", .any) { (arguments) throws(FunctionError) in
      .string(try writtenOrThrow(arguments[0], escapesHTML: false))
    },
    Function("fromJson", .string) { arguments in (try? JSONReader.read(arguments.string(0))) ?? .null },
    Function("mustFromJson", .string) { (arguments) throws(FunctionError) in
      do throws(JSONReader.Malformed) {
        return try JSONReader.read(arguments.string(0))
      } catch {
        throw .message(error.message)
      }
    },
  ]

  /// sprig gives the complaint as the result.
  private static func decoded(
    _ text: GoString, _ decode: (GoString) throws(BitCoding.Corrupt) -> [UInt8]
  ) -> Value {
    do throws(BitCoding.Corrupt) {
      return .string(GoString(try decode(text)))
    } catch {
      return .text(error.message)
    }
  }

  /// Go swallows the error here and gives an empty string.
  private static func written(_ value: Value, indentation: String? = nil) -> Value {
    .string((try? JSONWriter.write(value, indentation: indentation)) ?? "")
  }

  static func writtenOrThrow(
    _ value: Value, escapesHTML: Bool = true, indentation: String? = nil
  ) throws(FunctionError) -> GoString {
    do throws(JSONWriter.Unsupported) {
      return try JSONWriter.write(value, escapesHTML: escapesHTML, indentation: indentation)
    } catch {
      throw .message(error.message)
    }
  }
}
