import Testing

@testable import GoTemplate

@Suite struct FormatTables {
  private static var values: [Value] {
    [
      42, -7, 3.14159, 1e21, "hi\n", true, .null, ["a", 1], ["b": 2, "a": .null], .uint(65, .uint8), .bytes([1, 255]),
      .complex(1, -2),
    ]
  }

  /// The arguments are named by their place in the list above.
  @Test(arguments: [
    ("%d|%5d|%-5d|%05d|%+d|% d", [0, 0, 0, 0, 0, 0], "42|   42|42   |00042|+42| 42"),
    ("%x|%X|%#x|%o|%O|%b|%c|%q|%U", [0, 0, 0, 0, 0, 0, 0, 0, 0], "2a|2A|0x2a|52|0o52|101010|*|'*'|U+002A"),
    ("%d|%x|%05d|%.3d", [1, 1, 1, 1], "-7|-7|-0007|-007"),
    (
      "%v|%.2f|%8.3f|%e|%g|%G|%6.1f|%+.1f", [2, 2, 2, 2, 2, 2, 2, 2],
      "3.14159|3.14|   3.142|3.141590e+00|3.14159|3.14159|   3.1|+3.1"
    ),
    ("%v|%f|%.0f|%g", [3, 3, 3, 3], "1e+21|1000000000000000000000.000000|1000000000000000000000|1e+21"),
    ("%s|%q|%x|% X|%8s|%-8s|%.1s", [4, 4, 4, 4, 4, 4, 4], "hi\n|\"hi\\n\"|68690a|68 69 0A|     hi\n|hi\n     |h"),
    ("%t|%v|%8t", [5, 5, 5], "true|true|    true"),
    ("%v|%s|%d", [6, 6, 6], "<nil>|%!s(<nil>)|%!d(<nil>)"),
    ("%v|%d|%s|%q", [7, 7, 7, 7], "[a 1]|[%!d(string=a) 1]|[a %!s(int=1)]|[\"a\" '\\x01']"),
    ("%v|%#v", [8, 8], "map[a:<nil> b:2]|map[string]interface {}{\"a\":interface {}(nil), \"b\":2}"),
    (
      "%T|%T|%T|%T|%T|%T", [0, 2, 4, 6, 7, 8],
      "int|float64|string|<nil>|[]interface {}|map[string]interface {}"
    ),
    ("%d|%s|%x", [10, 10, 10], "[1 255]|\u{1}\u{FFFD}|01ff"),
    ("%v|%.1f", [11, 11], "(1-2i)|(1.0-2.0i)"),
    ("%d %d", [0], "42 %!d(MISSING)"),
    ("%d", [0, 4], "42%!(EXTRA string=hi\n)"),
    ("%[2]d %[1]d", [0, 1], "-7 42"),
    ("%%", [], "%"),
  ])
  func formats(_ format: String, _ arguments: [Int], _ expected: String) {
    let text = Formatter.print(format: GoString(format), arguments.map { FormatTables.values[$0] })
    #expect(text.text == expected)
  }

  @Test func oddities() {
    let cases: [(String, [Value], String)] = [
      ("%*d|", [.int(5), .int(42)], "   42|"), ("%-*d|", [.int(5), .int(42)], "42   |"),
      ("%.*f", [.int(1), .double(2.55)], "2.5"), ("%z", [.int(1)], "%!z(int=1)"), ("%", [], "%!(NOVERB)"),
      ("%[5]d", [.int(1)], "%!d(BADINDEX)"), ("%!", [.int(1)], "%!!(int=1)"),
      ("%*d", ["a", .int(1)], "%!(BADWIDTH)1"),
    ]
    for (format, arguments, expected) in cases {
      #expect(Formatter.print(format: GoString(format), arguments).text == expected, "\(format)")
    }
  }

  /// The decimal digits of floats, where rounding and notation go wrong most easily.
  @Test(
    arguments: [
      (0.1 + 0.2, "g", -1, "0.30000000000000004"), (1e6, "g", -1, "1e+06"), (999_999.0, "g", -1, "999999"),
      (0.0001, "g", -1, "0.0001"), (0.00001, "g", -1, "1e-05"), (2.5, "f", 0, "2"), (3.5, "f", 0, "4"),
      (0.125, "f", 2, "0.12"), (1.005, "f", 2, "1.00"), (Double.leastNonzeroMagnitude, "g", -1, "5e-324"),
      (-0.0, "g", -1, "-0"),
      (1e22, "f", -1, "10000000000000000000000"), (123456789, "e", 3, "1.235e+08"),
      (0.1, "g", 20, "0.10000000000000000555"),
      (1, "x", -1, "0x1p+00"), (3, "b", -1, "6755399441055744p-51"), (.infinity, "g", -1, "+Inf"),
      (.nan, "f", 2, "NaN"),
    ] as [(Double, Character, Int, String)])
  func floats(_ value: Double, _ format: Character, _ precision: Int, _ expected: String) {
    #expect(String(decoding: FloatText.format(value, format, precision: precision), as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("tab\tnl\n", "\"tab\\tnl\\n\""), ("é日", "\"é日\""),
    ("\u{1}\u{7f}", "\"\\x01\\x7f\""), ("\u{200B}", "\"\\u200b\""), ("\u{A0}", "\"\\u00a0\""),
  ])
  func quoting(_ text: String, _ expected: String) {
    #expect(Quoting.quote(text) == expected)
    #expect(Quoting.unquote(Array(expected.utf8)) == GoString(text))
  }

  @Test func brokenBytesAreQuoted() {
    #expect(Quoting.quote(GoString([0x61, 0xE6, 0x97])).text == "\"a\\xe6\\x97\"")
  }

  @Test(
    arguments: [
      ("1_000", 1000), ("0x_1F", 31), ("0b101", 5), ("017", 15), ("0o17", 15), ("-0x10", -16), ("1__0", nil),
      ("_1", nil),
      ("9223372036854775807", Int64.max), ("9223372036854775808", nil), ("-9223372036854775808", Int64.min), ("", nil),
    ] as [(String, Int64?)])
  func integers(_ text: String, _ expected: Int64?) {
    #expect(NumberText.integer(Array(text.utf8)) == expected)
  }
}
