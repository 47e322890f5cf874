import GoTemplate
import Testing

@testable import Sprig

/// Templates that would take the machine for themselves: each ends at a limit, soon.
@Suite struct CostTests {
  private func failure(_ template: String, steps: Int = 200_000) -> TemplateError? {
    var set = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: .zero)
    do throws(TemplateError) {
      try set.add(template, name: "t")
      _ = try set.render("t", with: .anyDict([:]), limits: Limits(steps: steps))
      return nil
    } catch {
      return error
    }
  }

  /// A list that holds the one before it twice, forty times over: a million million values in 40.
  private static let doubled = "{{ $x := list 1 }}{{ range until 40 }}{{ $x = list $x $x }}{{ end }}"
  /// The same of maps.
  private static let nested = "{{ $x := dict }}{{ range until 40 }}{{ $x = dict \"a\" $x \"b\" $x }}{{ end }}"

  @Test(arguments: [
    "{{ $x | toYaml }}", "{{ toJson $x }}", "{{ toPrettyJson $x }}", "{{ toToml (dict \"a\" $x) }}", "{{ $x }}",
    "{{ print $x }}", "{{ printf \"%v\" $x }}", "{{ quote $x }}", "{{ squote $x }}", "{{ cat $x }}",
    "{{ join \",\" $x }}",
    "{{ toString $x }}", "{{ deepCopy $x }}", "{{ html $x }}", "{{ toStrings $x }}", "{{ sortAlpha $x }}",
    "{{ uniq $x }}", "{{ without $x (deepCopy $x) }}", "{{ has 1 $x }}",
  ])
  func sharedParts(_ use: String) {
    #expect(failure(Self.doubled + use)?.code == .limit)
  }

  @Test(arguments: [
    "{{ $y := dict }}{{ range until 40 }}{{ $y = dict \"a\" $y \"b\" $y }}{{ end }}{{ $_ := merge $x $y }}",
    "{{ $y := dict }}{{ range until 40 }}{{ $y = dict \"a\" $y \"b\" $y }}{{ end }}{{ deepEqual $x $y }}",
    "{{ toYaml $x }}", "{{ mergeOverwrite (deepCopy $x) $x }}",
  ])
  func sharedMaps(_ use: String) {
    #expect(failure(Self.nested + use)?.code == .limit)
  }

  @Test(arguments: [
    "{{ until 1000000000 }}", "{{ untilStep 0 1000000000 1 }}", "{{ seq 1000000000 }}", "{{ repeat 100000000 \"x\" }}",
    "{{ indent 1000000000 \"x\" }}", "{{ nindent 70000000 \"x\" }}", "{{ range 1000000000 }}{{ end }}",
    "{{ $x := \"x\" }}{{ range until 60 }}{{ $x = cat $x $x }}{{ end }}",
    "{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}",
    "{{ $x := repeat 100000 \"a\" }}{{ $x = replace \"a\" $x $x }}",
    "{{ $x := repeat 100000 \"a\" }}{{ $x = regexReplaceAll \"a\" $x $x }}",
    "{{ $x := repeat 100000 \"a\" }}{{ $x = wrapWith 1 $x $x }}",
    "{{ $x := repeat 100000 \"a\" }}{{ $x = join $x (splitList \"\" $x) }}",
    "{{ splitList \"\" (repeat 1000000 \"a\") }}", "{{ regexFindAll \".\" (repeat 1000000 \"a\") -1 }}",
    "{{ printf (repeat 100 \"%1000000[1]d\") 1 }}", "{{ fromJson (repeat 1000000 \"[\") }}",
    "{{ range until 30 }}{{ derivePassword 1 \"long\" \"a\" \"b\" \"c\" }}{{ end }}",
    "{{ range until 1000 }}{{ tpl (repeat 10000 \"a\") $ }}{{ end }}",
  ])
  func largeTexts(_ template: String) {
    #expect(failure(template)?.code == .limit)
  }

  @Test func manyMatchesStayWithinTheLimitOfOne() {
    let text = "{{ regexFindAll \"(x+x+)+y|.\" (repeat 3000 \"xxxxxxxxxxxxxxxxxxz\") -1 | len }}"
    #expect(failure(text, steps: 20_000_000)?.code == .execution)
  }

  @Test func ordinaryTemplatesAreFarFromTheLimit() {
    let template = """
      {{ range until 50 }}{{ $x := dict "a" (list 1 2 3) "b" (dict "c" "text") }}{{ merge (dict) $x | toYaml | nindent 4 }}
      {{ $x | toJson | quote }}{{ tpl "{{ .a }}" $x }}{{ regexReplaceAll "[a-z]+" "some words" "x" }}{{ end }}
      """
    #expect(failure(template, steps: 50_000) == nil)
  }
}
