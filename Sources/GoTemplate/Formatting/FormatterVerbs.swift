extension Formatter {
  /// Prints one operand with `verb`.
  mutating func printArgument(_ value: Value, _ verb: Character) {
    if verb == "T" {
      let name = value.isNil ? "<nil>" : value.type.description
      out += flags.padded(Array(name.prefix(flags.precision ?? .max).utf8))
      return
    }
    if value.isNil {
      if verb == "v" {
        out += flags.padded(Array("<nil>".utf8))
      } else {
        appendBadVerb(value, verb)
      }
      return
    }
    if verb == "p" {
      appendBadVerb(value, verb)
      return
    }
    printValue(value, verb, depth: 0)
  }

  /// Values nest as deep as this before printing stops: a map that `set` has put into itself would never end.
  static let deepestValue = 200

  private mutating func printValue(_ value: Value, _ verb: Character, depth: Int) {
    // Who asked for the text refuses one of this length.
    guard out.count <= Limits.largestOutput else { return }
    guard depth < Formatter.deepestValue else {
      out.append("...")
      return
    }
    switch value {
    case .missing, .null: out.append(flags.sharpV ? "interface {}(nil)" : "<nil>")
    case .bool(let truth): printBool(truth, verb, value)
    case .int(let integer, _): printInteger(integer.magnitude, integer < 0, verb, value)
    case .uint(let integer, _): printUnsigned(integer, verb, value)
    case .double(let number): printFloat(number, verb, value)
    case .complex(let real, let imaginary): printComplex(real, imaginary, verb, value)
    case .string(let text): printString(text, verb, value)
    case .bytes(let bytes): printBytes(bytes, verb, depth)
    case .list(let list): printList(list, verb, depth)
    case .dict(let dict): printDict(dict, verb, depth)
    case .object(let object): printObject(object, verb, depth)
    }
  }

  /// `%!d(string=text)`
  private mutating func appendBadVerb(_ value: Value, _ verb: Character) {
    out.append("%!\(verb)(")
    if value.isNil {
      out.append("<nil>")
    } else {
      out.append("\(value.type)=")
      printValue(value, "v", depth: 0)
    }
    out.append(UInt8(ascii: ")"))
  }

  private mutating func printBool(_ truth: Bool, _ verb: Character, _ value: Value) {
    guard verb == "t" || verb == "v" else { return appendBadVerb(value, verb) }
    out += flags.padded(Array(String(truth).utf8))
  }

  private mutating func printUnsigned(_ integer: UInt64, _ verb: Character, _ value: Value) {
    if verb == "v" && flags.sharpV {
      var plain = flags
      plain.sharp = true
      out += plain.integer(integer, isNegative: false, radix: 16, verb: "v")
    } else {
      printInteger(integer, false, verb, value)
    }
  }

  private mutating func printInteger(_ magnitude: UInt64, _ isNegative: Bool, _ verb: Character, _ value: Value) {
    switch verb {
    case "v", "d": out += flags.integer(magnitude, isNegative: isNegative, radix: 10, verb: verb)
    case "b": out += flags.integer(magnitude, isNegative: isNegative, radix: 2, verb: verb)
    case "o", "O": out += flags.integer(magnitude, isNegative: isNegative, radix: 8, verb: verb)
    case "x": out += flags.integer(magnitude, isNegative: isNegative, radix: 16, verb: verb)
    case "X": out += flags.integer(magnitude, isNegative: isNegative, radix: 16, verb: verb, upper: true)
    case "c": out += flags.padded(GoString(scalars: [scalar(magnitude, isNegative)]).bytes)
    case "q":
      let rune = isNegative ? -1 : Int64(clamping: magnitude)
      out += flags.padded(Quoting.quote(rune: rune, asciiOnly: flags.plus).bytes)
    case "U": out += flags.unicode(isNegative ? ~magnitude &+ 1 : magnitude)
    default: appendBadVerb(value, verb)
    }
  }

  private func scalar(_ magnitude: UInt64, _ isNegative: Bool) -> Unicode.Scalar {
    guard !isNegative, let code = UInt32(exactly: magnitude) else { return "\u{FFFD}" }
    return Unicode.Scalar(code) ?? "\u{FFFD}"
  }

  private mutating func printFloat(_ number: Double, _ verb: Character, _ value: Value) {
    switch verb {
    case "v": out += flags.float(number, verb: "g", precision: -1)
    case "b", "g", "G", "x", "X": out += flags.float(number, verb: verb, precision: -1)
    case "f", "e", "E": out += flags.float(number, verb: verb, precision: 6)
    case "F": out += flags.float(number, verb: "f", precision: 6)
    default: appendBadVerb(value, verb)
    }
  }

  private mutating func printComplex(_ real: Double, _ imaginary: Double, _ verb: Character, _ value: Value) {
    guard "vbgGxXfFeE".contains(verb) else { return appendBadVerb(value, verb) }
    let plus = flags.plus
    out.append(UInt8(ascii: "("))
    printFloat(real, verb, value)
    flags.plus = true
    printFloat(imaginary, verb, value)
    out.append("i)")
    flags.plus = plus
  }

  private mutating func printString(_ text: GoString, _ verb: Character, _ value: Value) {
    switch verb {
    case "v" where flags.sharpV: out += flags.quoted(text)
    case "v", "s": out += flags.padded(flags.truncated(text).bytes)
    case "x", "X": out += flags.hexadecimal(text.bytes, upper: verb == "X")
    case "q": out += flags.quoted(text)
    default: appendBadVerb(value, verb)
    }
  }

  private mutating func printBytes(_ bytes: [UInt8], _ verb: Character, _ depth: Int) {
    switch verb {
    case "v" where flags.sharpV:
      var sharp = flags
      sharp.sharp = true
      out.append("[]byte{")
      for (index, byte) in bytes.enumerated() {
        if index > 0 { out.append(", ") }
        out += sharp.integer(UInt64(byte), isNegative: false, radix: 16, verb: "v")
      }
      out.append("}")
    case "v", "d": printList(List(bytes.map { .uint(UInt64($0), .uint8) }, of: .unsigned(.uint8)), verb, depth)
    default: printString(GoString(bytes), verb, .bytes(bytes))
    }
  }

  private mutating func printList(_ list: List, _ verb: Character, _ depth: Int) {
    if flags.sharpV { out.append("\(list.type)") }
    out.append(flags.sharpV ? UInt8(ascii: "{") : UInt8(ascii: "["))
    for (index, element) in list.elements.enumerated() {
      if index > 0 { out.append(flags.sharpV ? ", " : " ") }
      printValue(element, verb, depth: depth + 1)
    }
    out.append(flags.sharpV ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }

  private mutating func printDict(_ dict: Dict, _ verb: Character, _ depth: Int) {
    out.append(flags.sharpV ? "\(dict.type){" : "map[")
    for (index, key) in dict.sortedKeys.enumerated() {
      if index > 0 { out.append(flags.sharpV ? ", " : " ") }
      printValue(.string(key), verb, depth: depth + 1)
      out.append(UInt8(ascii: ":"))
      printValue(dict[key] ?? .null, verb, depth: depth + 1)
    }
    out.append(flags.sharpV ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }

  private mutating func printObject(_ object: any TemplateObject, _ verb: Character, _ depth: Int) {
    if let text = object.text, !flags.sharpV, "vsqxX".contains(verb) {
      printString(text, verb, .object(object))
    } else if let value = object.underlying {
      printValue(value, verb, depth: depth)
    } else {
      out.append("{}")
    }
  }
}
