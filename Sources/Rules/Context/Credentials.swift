/// Tells credentials in plain sight from texts that are none.
enum Credentials {
  /// The longest text that is looked at as a password; longer ones are only searched for the marks of tokens.
  private static let longestPassword = 200

  /// Whether `text` shows by its shape that it is a credential, whatever it is called.
  static func isToken(_ text: String) -> Bool {
    if text.contains("PRIVATE KEY-----") { return true }
    return tokens.contains { token in
      text.hasPrefix(token.prefix) && text.utf8.count >= token.length
        && text.utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        && !isPlaceholder(text)
    }
  }

  /// Whether a text under `key` is a credential: what the key promises, and no reference, template or placeholder.
  static func isCredential(_ text: String, under key: String) -> Bool {
    guard promisesCredential(key), (6...longestPassword).contains(text.utf8.count), !isReference(text),
      !isPlaceholder(text)
    else { return false }
    // Names of things (`grafana-admin`, `existing`) are lower case words; credentials mix kinds of characters.
    var kinds: Set<Int> = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): kinds.insert(0)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): kinds.insert(1)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): kinds.insert(2)
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): break
      default: kinds.insert(3)
      }
    }
    return kinds.count >= 2 && Set(text.utf8).count >= 5
  }

  /// What stands for something that somebody else fills in.
  static func isPlaceholder(_ text: String) -> Bool {
    let lowered = text.lowercased()
    return placeholders.contains { lowered.contains($0) } || Set(lowered.utf8).count < 3
  }

  /// A text that leads to the credential: a template, a variable, an address, a path, the reference of a tool.
  static func isReference(_ text: String) -> Bool {
    let marks = ["${", "$(", "{{", "://", "ENC[", " "]
    let starts = ["/", "<", "$", "%", "ref+", "vault:", "op:", "file:", "env:", "secret:", "!", "@"]
    return marks.contains { text.contains($0) } || starts.contains { text.hasPrefix($0) } || text.lowercased().isName
  }

  /// Whether a key says that a credential stands under it: its last words do.
  private static func promisesCredential(_ key: String) -> Bool {
    let letters = key.lowercased().utf8.filter { $0.isWordPart && $0 != UInt8(ascii: "_") }
    let name = String(decoding: letters, as: UTF8.self)
    return endings.contains { name.hasSuffix($0) } || name == "token" || name == "secret"
  }

  private static let endings = [
    "password", "passwd", "passphrase", "secretkey", "secretaccesskey", "clientsecret", "apikey", "apitoken",
    "accesstoken", "authtoken", "bearertoken", "privatekey", "encryptionkey", "signingkey", "webhooksecret",
    "jwtsecret", "sharedsecret", "appsecret", "apisecret",
  ]

  private static let placeholders = [
    "changeme", "change-me", "change_me", "replace", "example", "placeholder", "dummy", "your", "todo", "xxxx",
    "redacted", "insert", "sample", "notused", "not-used", "unused", "fake",
  ]

  /// What tokens of known services begin with, and how long they are at least.
  private static let tokens: [(prefix: String, length: Int)] = [
    ("ghp_", 40), ("gho_", 40), ("ghs_", 40), ("ghu_", 40), ("github_pat_", 60), ("glpat-", 26), ("xoxb-", 30),
    ("xoxp-", 30), ("xoxa-", 30), ("AKIA", 20), ("ASIA", 20), ("AIza", 39), ("sk_live_", 24), ("rk_live_", 24),
    ("SG.", 60), ("dop_v1_", 64), ("hvs.", 40), ("npm_", 40), ("AGE-SECRET-KEY-1", 60),
  ]
}

extension UInt8 {
  /// A letter, a digit or an underscore.
  var isWordPart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension String {
  /// Whether it says what it names: the name of a Secret or of a key in one.
  fileprivate var isName: Bool {
    ["secret", "password", "passwd", "credential", "token", "-key", "_key", "apikey"].contains { contains($0) }
  }
}
