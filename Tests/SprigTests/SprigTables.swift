import GoTemplate
import Testing

@testable import Sprig

/// Renders with the functions Helm gives to charts.
func rendered(_ template: String) throws(TemplateError) -> String {
  let data: Value = [
    "name": "web", "text": "Hello World", "unicode": "héllo 日本", "number": 42.0, "float": 3.14, "none": .null,
    "yes": true, "list": ["a", "b", "c"], "numbers": [3.0, 1.0, 2.0], "mixed": [1.0, "a", .null, ["x": 1.0]],
    "map": ["b": 2.0, "a": 1.0, "c": ["d": [1.0]]], "empty": [:], "lines": "one\ntwo\n",
  ]
  var set = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: .zero)
  try set.add(template, name: "t")
  return String(decoding: try set.render("t", with: data).bytes, as: UTF8.self)
}

/// One table a family; an expected text that starts with `error:` is the end of the error.
private func check(_ table: [(String, String)]) {
  for (template, expected) in table {
    do throws(TemplateError) {
      let actual = try rendered("{{ \(template) }}")
      #expect(actual == expected, "\(template)")
    } catch {
      let wanted = expected.hasPrefix("error:") ? String(expected.dropFirst(6)) : "no error but \(expected)"
      #expect(error.text.hasSuffix(wanted), "\(template): \(error.text)")
    }
  }
}

@Suite struct SprigTables {
  @Test func toml() {
    check([
      ("toToml 1200000.0", "1.2e+06"), ("toToml \"a\"", "\"a\""), ("toToml (list 1 2.5)", "[1, 2.5]"),
      ("toToml (list 1 nil)", "toml: cannot encode array with nil element"),
      ("toToml (list .map)", "toml: top-level values must be Go maps or structs"),
      ("mustToToml (list 1 nil)", "error:error calling mustToToml: toml: cannot encode array with nil element"),
      ("toToml nil", "error:error calling toToml: reflect: call of reflect.Value.Type on zero Value"),
      ("toToml (dict \"a\" (dict \"b\" (dict \"c\" 1)) \"d\" nil)", "[a]\n  [a.b]\n    c = 1\n"),
      ("toToml (dict \"l\" (list (dict \"x\" 1) (dict)))", "[[l]]\n  x = 1\n\n[[l]]\n"),
      ("toToml (dict \"t\" (toDate \"2006-01-02\" \"2024-02-29\"))", "t = 2024-02-29T00:00:00Z\n"),
    ])
  }

  @Test func errorsInGoWords() {
    check([
      (#"regexFind "(" "a""#, "error:regexp: Compile(`(`): error parsing regexp: missing closing ): `(`"),
      (#"mustRegexFind "(" "a""#, "error:error calling mustRegexFind: error parsing regexp: missing closing ): `(`"),
      (#"mustFromJson "tru""#, "error:invalid character ' ' in literal true (expecting 'e')"),
      (#"mustFromJson "1.""#, "error:invalid character ' ' after decimal point in numeric literal"),
      (#"mustFromJson "[1""#, "error:unexpected end of JSON input"),
      (##"(fromYaml "[a").Error"##, "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"),
      (##"(fromYaml "[a\n").Error"##, "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"),
      (
        ##"(fromYaml "a: 1\nb: {c: 1,\n  d: 2\n  e: 3}\n").Error"##,
        "error converting YAML to JSON: yaml: line 3: did not find expected ',' or '}'"
      ),
      (##"(fromYaml "a: 1\nb").Error"##, "error converting YAML to JSON: yaml: line 3: could not find expected ':'"),
      ("deepCopy nil", "error:reflect: call of reflect.Value.Type on zero Value"),
      ("chunk -5 .list", "[]"), ("chunk -1 (list 1)", "error:runtime error: makeslice: len out of range"),
      (#"urlParse "http://a b""#, #"error:parse "http://a b": invalid character " " in host name"#),
      (#"b64dec "/w==" | toJson"#, #""\ufffd""#),
    ])
  }

  /// Times at the edges of what 64 bits hold wrap, as Go's do.
  @Test func datesFarAway() {
    check([
      (#"date "2006" 9223372036854775807"#, "292277026596"), (#"date "2006-01-02" -1"#, "1969-12-31"),
      (#"((toDate "2006" "2024").AddDate 9223372036854775807 -13 40).Nanosecond"#, "0"),
      (#"((toDate "2006-01-02" "2024-03-31").AddDate 0 -1 0).Format "2006-01-02""#, "2024-03-02"),
    ])
  }

  @Test func strings() {
    check([
      (#"trim "  a "|quote"#, "\"a\""), ("upper .text", "HELLO WORLD"),
      (#"title "foo bar-baz qux_x""#, "Foo Bar-Baz Qux_x"),
      (#"untitle "Foo Bar""#, "foo bar"), ("swapcase .text", "hELLO wORLD"), (#"initials "First Try""#, "FT"),
      ("trunc 5 .text", "Hello"), ("trunc -5 .text", "World"), ("trunc 3 .unicode|quote", "\"hé\""),
      ("abbrev 8 .text", "Hello..."), ("abbrevboth 5 10 \"1234 5678 9123\"", "...5678..."),
      (#"trimAll "$" "$5.00$""#, "5.00"), (#"trimSuffix "-" "hello-""#, "hello"),
      (#"trimPrefix "-" "-hello""#, "hello"),
      ("repeat 3 .name", "webwebweb"), ("substr 0 5 .text", "Hello"), ("nospace .text", "HelloWorld"),
      ("contains \"World\" .text", "true"), ("hasPrefix \"He\" .text", "true"), ("hasSuffix \"He\" .text", "false"),
      ("quote .name 1 nil true", "\"web\" \"1\" \"true\""), ("squote .name", "'web'"),
      ("cat \"a\" 1 nil \"b\"", "a 1 b"),
      (#"indent 2 "a\nb""#, "  a\n  b"), (#"nindent 2 "a""#, "\n  a"), (#"replace "l" "L" .text"#, "HeLLo WorLd"),
      ("plural \"one\" \"many\" 2", "many"), ("join \"-\" .list", "a-b-c"), ("join \",\" .mixed", "1,a,map[x:1]"),
      (#"(split "." "a.b")._1"#, "b"), (#"splitList "." "a.b"|len"#, "2"), (#"(splitn "." 2 "a.b.c")._1"#, "b.c"),
      ("sortAlpha (list \"c\" \"a\")", "[a c]"), (#"wrap 5 "Hello World""#, "Hello\nWorld"),
      (#"wrapWith 5 "\t" "HelloWorld""#, "Hello\tWorld"), ("toString .none", "<nil>"),
      ("toStrings .mixed", "[1 a map[x:1]]"),
      ("upper 1", "error:expected string; found 1"), ("repeat -1 \"a\"", "error:strings: negative Repeat count"),
    ])
  }

  @Test func casesOfWords() {
    check([
      (#"snakecase "FirstName""#, "first_name"), (#"snakecase "HTTPServerID""#, "http_server_id"),
      (#"snakecase "HTTP20xOK""#, "http_20x_ok"), (#"snakecase "Bld4Floor3rd""#, "bld4_floor_3rd"),
      (#"kebabcase "someCamelCaseString42""#, "some-camel-case-string42"), (#"camelcase "http_server""#, "HttpServer"),
      (#"camelcase "foo-bar_baz qux""#, "FooBarBazQux"),
    ])
  }

  /// A list of strings is sorted in place, which whoever holds it sees.
  @Test func listsOfStringsAreShared() throws {
    #expect(try rendered(#"{{ $k := splitList "," "b,a" }}{{ $_ := sortAlpha $k }}{{ $k }}"#) == "[a b]")
  }

  @Test func lists() {
    check([
      ("first .list", "a"), ("last .list", "c"), ("rest .list", "[b c]"), ("initial .list", "[a b]"),
      ("append .list \"d\"", "[a b c d]"), ("prepend .list \"z\"", "[z a b c]"), ("concat .list (list 1)", "[a b c 1]"),
      ("reverse .list", "[c b a]"), ("uniq (list 1 1 2)", "[1 2]"), ("without .list \"a\" \"c\"", "[b]"),
      ("has \"b\" .list", "true"), ("has 1 .numbers", "false"), ("compact (list 0 1 \"\" \"a\")", "[1 a]"),
      ("slice .list 1 2", "[b]"), ("chunk 2 .list", "[[a b] [c]]"), ("until 3", "[0 1 2]"),
      ("untilStep 6 0 -2", "[6 4 2]"),
      ("seq 1 3", "1 2 3"), ("seq 0 2 4", "0 2 4"), ("index .list 0", "a"), ("tuple 1 \"a\"", "[1 a]"),
      ("mustFirst .name", "error:Cannot find first on type string"), ("toJson (rest (list))", "null"),
      ("concat .name", "error:Cannot concat type string as list"),
      ("until 1000000000", "error:the template takes more than 20000000 steps"),
    ])
  }

  @Test func maps() {
    check([
      ("get .map \"a\"", "1"), ("get .map \"z\"", ""), ("hasKey .map \"a\"", "true"),
      ("keys .map | sortAlpha", "[a b c]"),
      ("pick .map \"a\" \"z\"", "map[a:1]"), ("omit .map \"a\" \"c\"", "map[b:2]"), ("pluck \"a\" .map .empty", "[1]"),
      ("dig \"c\" \"d\" \"none\" .map", "[1]"), ("dig \"c\" \"z\" \"none\" .map", "none"),
      ("values (dict \"a\" 1)", "[1]"),
      ("merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)", "map[a:1 b:3]"),
      ("mergeOverwrite (dict \"a\" 1) (dict \"a\" 2)", "map[a:2]"),
      ("merge (dict \"a\" (dict \"x\" 1)) (dict \"a\" (dict \"y\" 2))", "map[a:map[x:1 y:2]]"),
      ("merge (dict \"a\" 0) (dict \"a\" 5)", "map[a:5]"), ("dict \"a\"", "map[a:]"),
      ("deepCopy .map", "map[a:1 b:2 c:map[d:[1]]]"),
      ("keys .list", "error:wrong type for value; expected map[string]interface {}; got []interface {}"),
      ("dig \"a\" \"b\" 0 (dict \"a\" 1)", "error:interface {} is int, not map[string]interface {}"),
    ])
  }

  /// `set` changes the map itself; so does a merge into it.
  @Test func mapsAreShared() throws {
    #expect(try rendered("{{ $d := dict }}{{ $_ := set $d \"a\" 1 }}{{ $d }}") == "map[a:1]")
    #expect(try rendered("{{ $_ := set .map.c \"e\" 1 }}{{ .map.c }}") == "map[d:[1] e:1]")
    #expect(try rendered("{{ $d := dict }}{{ $_ := merge $d .map }}{{ $_ := set $d.c \"e\" 1 }}{{ .map.c.e }}") == "1")
    #expect(try rendered("{{ $d := deepCopy .map }}{{ $_ := set $d.c \"e\" 1 }}{{ hasKey .map.c \"e\" }}") == "false")
  }

  @Test func numbers() {
    check([
      ("add .number 1", "43"), ("add \"5\" 1 nil", "6"), ("sub 5 7", "-2"), ("mul 2 3 4", "24"), ("div 7 2", "3"),
      ("mod -7 2", "-1"), ("add1 1", "2"), ("max 1 5 3", "5"), ("min 5 2", "2"), ("addf 0.1 0.2", "0.3"),
      ("subf 7.5 2 3", "2.5"), ("mulf 1.1 1.1", "1.21"), ("divf 1 3", "0.3333333333333333"),
      ("divf 2 3", "0.6666666666666667"),
      ("round 123.5555 3", "123.556"), ("ceil 1.1", "2"), ("floor -1.5", "-2"), ("int \"0x10\"", "16"),
      ("int \"4.0\"", "4"),
      ("int \"4.9\"", "0"), ("int64 3.9", "3"), ("float64 \"1.5\"", "1.5"), ("toDecimal \"0777\"", "511"),
      ("atoi \"12\"", "12"),
      ("add 9223372036854775807 1", "-9223372036854775808"), ("div 1 0", "error:runtime error: integer divide by zero"),
      ("divf 1 0", "error:decimal division by 0"),
    ])
  }

  @Test func choicesAndTypes() {
    check([
      ("default \"d\" .none", "d"), ("default \"d\" .name", "web"), ("coalesce nil \"\" 1", "1"),
      ("empty .empty", "true"),
      ("ternary \"a\" \"b\" true", "a"), ("all 1 \"\"", "false"), ("any 0 1", "true"), ("typeOf .number", "float64"),
      ("kindOf .list", "slice"), ("typeOf .none", "<nil>"), ("kindIs \"map\" .map", "true"),
      ("typeIs \"string\" .name", "true"),
      ("deepEqual .list (list \"a\" \"b\" \"c\")", "true"), ("ternary 1 2 3", "error:expected bool; found 3"),
    ])
  }

  @Test func encodings() {
    check([
      ("b64enc .text", "SGVsbG8gV29ybGQ="), ("b64dec \"SGVsbG8=\"", "Hello"),
      ("b64dec \"!\"", "illegal base64 data at input byte 0"),
      ("b32enc \"Hello\"", "JBSWY3DP"), ("b32dec \"JBSWY3DP\"", "Hello"),
      ("toJson .map", #"{"a":1,"b":2,"c":{"d":[1]}}"#),
      ("toJson \"<&>\"", #""\u003c\u0026\u003e""#), ("toRawJson \"<&>\"", #""<&>""#),
      ("toPrettyJson (dict \"a\" (list 1))", "{\n  \"a\": [\n    1\n  ]\n}"),
      ("(fromJson \"{\\\"a\\\":[1]}\").a", "[1]"),
      ("fromJson \"{\"", "map[Error:unexpected end of JSON input]"), ("fromJsonArray \"[1,2]\"", "[1 2]"),
      ("fromJson \"[1]\"", "map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}]"),
      ("mustFromJson \"{x\"", "error:invalid character 'x' looking for beginning of object key string"),
      ("toYaml .map", "a: 1\nb: 2\nc:\n  d:\n  - 1"), ("toYaml \"yes\"", "\"yes\""),
      ("toYamlPretty (dict \"a\" (list 1))", "a:\n  - 1"),
      ("(fromYaml \"a: [1, x]\").a", "[1 x]"), ("fromYamlArray \"- 1\\n- b\"", "[1 b]"),
      ("(fromYaml \"a: 1\").a | kindOf", "float64"),
      (
        "toToml (dict \"t\" (dict \"x\" 1 \"y\" (list \"a\")) \"s\" \"v\")",
        "s = \"v\"\n\n[t]\n  x = 1\n  y = [\"a\"]\n"
      ),
      ("(fromToml \"[a]\\nb = [1, 2]\\nc.d = 'x'\").a", "map[b:[1 2] c:map[d:x]]"),
    ])
  }

  @Test func regularExpressions() {
    check([
      ("regexMatch \"^[a-z]+$\" .name", "true"), ("regexFind \"[0-9]+\" \"a12b3\"", "12"),
      ("regexFindAll \"[0-9]+\" \"a12b3\" -1", "[12 3]"), (#"regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W""#, "-W-xxW-"),
      (#"regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}""#, "-${1}-${1}-"),
      ("regexSplit \"z+\" \"pizza\" -1", "[pi a]"),
      ("regexSplit \",\" \"a,b,\" -1 | len", "3"), ("regexQuoteMeta \"1.2\"", #"1\.2"#),
      ("regexMatch \"[\" \"a\"", "false"),
    ])
  }

  @Test func dates() {
    let day = #"(toDate "2006-01-02" "2024-02-29")"#
    check([
      (#"\#(day) | date "Mon Jan _2 15:04:05 2006 MST""#, "Thu Feb 29 00:00:00 2024 UTC"),
      ("unixEpoch \(day)", "1709164800"),
      (#"dateModify "-1.5h" \#(day)"#, "2024-02-28 22:30:00 +0000 UTC"), ("\(day).Year", "2024"),
      ("\(day).Month", "February"),
      (#"date "01/02/06 03:04PM" 0"#, "01/01/70 12:00AM"), ("htmlDate 0", "1970-01-01"),
      ("duration \"3661\"", "1h1m1s"),
      ("durationRound \"2400h5s\"", "3mo"), (#"(\#(day).AddDate 0 1 1).Format "2006-01-02""#, "2024-03-30"),
      (#"toDate "2006-01-02T15:04:05Z07:00" "2024-01-01T00:00:00+02:00" | unixEpoch"#, "1704060000"),
      (#"mustToDate "2006-01-02" "2024-13-01""#, "error:parsing time \"2024-13-01\": month out of range"),
      (#"mustToDate "2006" "x""#, "error:parsing time \"x\" as \"2006\": cannot parse \"x\" as \"2006\""),
    ])
  }

  @Test func versionsPathsAndAddresses() {
    check([
      ("(semver \"v1.2.3-b+m\").Prerelease", "b"), ("semver \"v1.2\"", "1.2.0"),
      ("semverCompare \">=1.20-0\" \"v1.20.4-gke.1\"", "true"),
      ("semverCompare \">=1.20\" \"v1.20.4-gke.1\"", "false"), ("(semver \"1.2.3\").Compare (semver \"1.3.0\")", "-1"),
      ("semverCompare \"bad\" \"1.0.0\"", "error:improper constraint: \"bad\""),
      ("semver \"x\"", "error:invalid semantic version"),
      ("base \"/a/b.txt\"", "b.txt"), ("dir \"/a/b\"", "/a"), ("ext \"a.tar.gz\"", ".gz"),
      ("clean \"/a/../b//c\"", "/b/c"), ("isAbs \"a\"", "false"),
      ("(urlParse \"https://u:p@h:80/p?q=1#f\").hostname", "h"), ("(urlParse \"mailto:a@b\").opaque", "a@b"),
      (
        #"urlJoin (dict "scheme" "https" "host" "h:80" "path" "/p" "query" "a=b" "fragment" "f")"#,
        "https://h:80/p?a=b#f"
      ),
    ])
  }

  @Test func digests() {
    check([
      ("sha256sum \"abc\"", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      ("sha1sum \"abc\"", "a9993e364706816aba3e25717850c26c9cd0d89d"), ("adler32sum \"abc\"", "38600999"),
      ("encryptAES \"key\" \"plaintext\" | decryptAES \"key\"", "plaintext"),
    ])
  }

  /// The example of FIPS 197 for a key of 256 bits.
  @Test func blockCipher() {
    let key = (0..<32).map { UInt8($0) }
    let block = (0..<16).map { UInt8($0 * 0x11) }
    let cipher = BlockCipher(key: key)
    let encrypted = cipher.encrypt(block)
    #expect(
      encrypted == [
        0x8E, 0xA2, 0xB7, 0xCA, 0x51, 0x67, 0x45, 0xBF, 0xEA, 0xFC, 0x49, 0x90, 0x4B, 0x49, 0x60, 0x89,
      ])
    #expect(cipher.decrypt(encrypted) == block)
  }

  /// The first example of RFC 7914, with few rounds.
  @Test func scrypt() {
    let key = Scrypt.key(password: [], salt: [], rounds: 16, blockSize: 1, lanes: 1, count: 8)
    #expect(key == [0x77, 0xD6, 0x57, 0x62, 0x38, 0x65, 0x7B, 0x20])
  }

  @Test func madeUpValuesAreFixedAndNoted() throws {
    var set = TemplateSet(name: "gotpl", functions: Sprig.helm)
    let template =
      #"{{ randAlphaNum 5 }} {{ uuidv4 }} {{ now | date "2006" }} {{ (genCA "ca" 1).Cert | trunc 27 }} {{ lookup "v1" "Secret" "" "" }}"#
    try set.add(template, name: "t")
    let (first, madeUp) = try set.evaluate("t", with: .null)
    #expect(first.bytes == (try set.evaluate("t", with: .null)).output.bytes)
    #expect(madeUp == ["randAlphaNum", "uuidv4", "now", "genCA", "lookup"])
    #expect(String(decoding: first.bytes, as: UTF8.self).hasSuffix("-----BEGIN CERTIFICATE----- map[]"))
  }

  @Test func helmFunctions() {
    check([
      ("required \"name it\" .name", "web"), ("required \"name it\" .none", "error:error calling required: name it"),
      ("fail \"no\"", "error:error calling fail: no"), ("tpl \"{{ .name }}\" .", "web"),
      ("tpl \"{{ .x\" .", "error:cannot parse template \"{{ .x\": template: gotpl:1: unclosed action"),
      ("include \"gone\" .", "error:no template \"gone\" associated with template \"gotpl\""),
      ("env \"HOME\"", "error:function \"env\" not defined"),
    ])
  }

  @Test func includeAndTpl() throws {
    #expect(try rendered("{{ define \"x\" }}[{{ .name }}]{{ end }}{{ include \"x\" . | upper }}") == "[WEB]")
    #expect(
      try rendered(
        "{{ define \"x\" }}1{{ end }}{{ tpl \"{{ define `x` }}2{{ end }}{{ include `x` . }}\" . }}{{ include \"x\" . }}"
      ) == "21")
  }

  @Test func codeFailsWithItsMessage() {
    let error = #expect(throws: TemplateError.self) { try rendered("{{ fail \"needs a host\" }}") }
    #expect(error?.code == .failed)
    #expect(error?.message == "needs a host")
  }
}
