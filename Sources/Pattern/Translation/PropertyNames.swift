/// The names of Unicode properties as Go knows them, in PCRE2's spelling.
enum PropertyNames {
  /// What PCRE2 calls the property `name`; scripts are not in a list of ours, PCRE2 knows them.
  static func spelling(of name: String, folding: Bool) -> String? {
    let key = normalized(name)
    guard !key.isEmpty else { return nil }
    if let category = categories[key] {
      // Under (?i) a cased letter matches in either case.
      return folding && ["Lu", "Ll", "Lt"].contains(category) ? "L&" : category
    }
    switch key {
    case "any": return "Any"
    case "ascii": return "ASCII"
    case "lc": return "L&"
    default: return "sc:\(key)"
    }
  }

  /// Without what names are compared without: case, spaces, underscores, hyphens.
  private static func normalized(_ name: String) -> String {
    var key = ""
    for scalar in name.unicodeScalars where ![" ", "_", "-"].contains(scalar) {
      guard scalar.isASCIILetter else { return "" }
      key.unicodeScalars.append(scalar)
    }
    return key.lowercased()
  }

  private static let categories: [String: String] = {
    var table: [String: String] = [:]
    for line in names {
      let words = line.split(separator: " ").map(String.init)
      for word in words { table[word.lowercased()] = words[0] }
    }
    return table
  }()

  /// A general category, then its long names.
  private static let names = [
    "C Other", "Cc Control cntrl", "Cf Format", "Cn Unassigned", "Co PrivateUse", "Cs Surrogate",
    "L Letter", "Ll LowercaseLetter", "Lm ModifierLetter", "Lo OtherLetter", "Lt TitlecaseLetter",
    "Lu UppercaseLetter", "L& CasedLetter",
    "M Mark CombiningMark", "Mc SpacingMark", "Me EnclosingMark", "Mn NonspacingMark",
    "N Number", "Nd DecimalNumber digit", "Nl LetterNumber", "No OtherNumber",
    "P Punctuation punct", "Pc ConnectorPunctuation", "Pd DashPunctuation", "Pe ClosePunctuation",
    "Pf FinalPunctuation", "Pi InitialPunctuation", "Po OtherPunctuation", "Ps OpenPunctuation",
    "S Symbol", "Sc CurrencySymbol", "Sk ModifierSymbol", "Sm MathSymbol", "So OtherSymbol",
    "Z Separator", "Zl LineSeparator", "Zp ParagraphSeparator", "Zs SpaceSeparator",
  ]
}
