/// Tells credentials in plain sight from texts that are none.
enum Credentials {
  /// The longest text that is looked at as a password; longer ones are only searched for the marks of tokens.
  private static let longestPassword = 200
  /// The shortest text that can be a token: an address with a name, a password and a host.
  private static let shortestToken = 12
  /// The longest text that can be a token as a whole.
  private static let longestToken = 4000

  /// Whether `text` shows by its shape that it is a credential, whatever it is called.
  static func isToken(_ text: String) -> Bool {
    // Nearly every text is none: what is cheap to see comes first.
    let length = text.utf8.count
    guard length >= shortestToken else { return false }
    if text.holds("PRIVATE KEY-----") { return holdsPrivateKey(text) }
    guard length <= longestToken else { return false }
    let isShaped =
      holdsPassword(text) || isWebhook(text) || isSignedToken(text) || isBotToken(text)
      || tokens.contains { token in
        length >= token.length && text.utf8.starts(with: token.prefix.utf8)
          && text.utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
      }
    return isShaped && !isPlaceholder(text)
  }

  /// Whether a key begins somewhere. An expression that looks for keys has brackets in its mark:
  /// `-----BEGIN [A-Z ]*PRIVATE KEY-----`.
  private static func holdsPrivateKey(_ text: String) -> Bool {
    text.split(separator: "-----").contains {
      $0.hasPrefix("BEGIN ") && $0.hasSuffix("PRIVATE KEY") && !$0.contains("[")
    }
  }

  /// Whether an address has a password in front of its host: `postgres://user:password@host`.
  static func holdsPassword(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
    let sides = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return false }
    let authority = sides[1].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != " " }
    guard let at = authority.lastIndex(of: "@") else { return false }
    let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count >= 4 else { return false }
    let password = String(parts[1])
    return !["$", "{", "<", "*", "%"].contains { password.contains($0) } && !isPlaceholder(password)
  }

  /// Whether an address lets anybody who has it write into a chat.
  private static func isWebhook(_ text: String) -> Bool {
    let marks = [
      "https://hooks.slack.com/services/T", "https://discord.com/api/webhooks/", "https://discordapp.com/api/webhooks/",
    ]
    return marks.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count + 20 && !text.contains("$") }
  }

  /// A JSON Web Token: three parts in Base64, of which the first begins like an object.
  private static func isSignedToken(_ text: String) -> Bool {
    guard text.hasPrefix("eyJ"), text.utf8.count > 60 else { return false }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3
      && parts.allSatisfy { part in
        part.utf8.count > 8 && part.utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") }
      }
  }

  /// The token of a bot of Telegram: its number, a colon, 35 characters.
  private static func isBotToken(_ text: String) -> Bool {
    guard (42...47).contains(text.utf8.count) else { return false }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (8...10).contains(parts[0].utf8.count), (33...36).contains(parts[1].utf8.count) else {
      return false
    }
    return parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && parts[1].utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") }
  }

  /// Whether a text under `key` is a credential: what the key promises, and no reference, template or placeholder.
  static func isCredential(_ text: String, under key: String) -> Bool {
    guard promisesCredential(key) || maySayCredential(key) && isRandom(text),
      (6...longestPassword).contains(text.utf8.count), !isReference(text),
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
    return kinds.count >= 2 && Set(text.utf8).count >= 5 || isPassword(key) && isPlainPassword(text, under: key)
  }

  /// Whether a key says that its value is a password itself.
  private static func isPassword(_ key: String) -> Bool {
    let name = key.lowercased()
    return ["password", "passwd", "passphrase"].contains(where: name.hasSuffix)
  }

  /// Whether a text can only be a weak password: a word, a number, or words of a phrase. Two words may be the name of an
  /// object.
  private static func isPlainPassword(_ text: String, under key: String) -> Bool {
    // `existingSecretAdminPassword` names the Secret that has it.
    let name = key.lowercased()
    guard !name.contains("existing"), !name.contains("secret") else { return false }
    let words = text.split(whereSeparator: { "-_.".contains($0) })
    return words.count != 2 && Set(text.utf8).count >= 5 && !states.contains(text.lowercased())
  }

  /// What a setting can say about passwords.
  private static let states: Set = [
    "existing", "default", "disabled", "enabled", "required", "optional", "external", "internal", "generated", "random",
    "bcrypt", "argon2", "argon2id", "scrypt", "sha256", "sha512", "crypt", "plain", "plaintext", "string", "always",
    "never", "prompt", "managed", "static", "inherit", "hidden", "masked", "unset", "undefined",
  ]

  /// Whether a leaf of a file that is kept in a Secret is a credential. Nobody names other Secrets under `password`
  /// there, so that a plain word counts as well.
  static func isCredentialOfFile(_ text: String, under key: String) -> Bool {
    if isToken(text) || isCredential(text, under: key) { return true }
    let name = key.lowercased()
    guard !isPlaceholder(text), text.lowercased() != name, !isToolReference(text),
      !["${", "$(", "{{", "ENC["].contains(where: text.contains)
    else {
      return false
    }
    if isPassword(key) {
      return (6...longestPassword).contains(text.utf8.count)
    }
    // Logins to registries, and the keys of clients in a kubeconfig.
    return ["auth", "client-key-data"].contains(name) && text.utf8.count >= 8 && !text.contains(" ")
  }

  /// Whether a text is the reference of a tool that fills in the secret when it is applied or used: a webhook of Vault,
  /// 1Password, vals.
  static func isToolReference(_ text: String) -> Bool {
    ["vault:", "op://", "ref+", "secretref+", "<path:", "arn:aws:secretsmanager:", "gcp:secretmanager:", ">>vault:"]
      .contains { text.hasPrefix($0) }
  }

  /// Whether a key may be that of a credential: no more than a hint.
  static func mayName(_ key: String) -> Bool {
    let name = key.lowercased()
    let hints = ["pass", "secret", "token", "pwd", "credential", "auth", "private", "salt", "dsn", "connection"]
    let isCipher = ["algorithm", "cipher", "provider", "hash", "enabled", "name"].contains(where: name.hasSuffix)
    return !isCipher && (hints.contains(where: name.contains) || name.hasSuffix("key") || name.hasSuffix("pin"))
  }

  /// What stands for something that somebody else fills in.
  static func isPlaceholder(_ text: String) -> Bool {
    let lowered = text.lowercased()
    return placeholders.contains { lowered.holds($0) } || Set(lowered.utf8).count < 3
  }

  /// What is certainly no value yet. `changeme` and the like are what a Secret then really holds.
  static func isUnfilled(_ text: String) -> Bool {
    let lowered = text.lowercased()
    let marks = ["replace", "placeholder", "your", "todo", "xxxx", "redacted", "insert", "change_me", "change-me"]
    return marks.contains { lowered.holds($0) } || Set(lowered.utf8).count < 3
      || text.hasPrefix("<") && text.hasSuffix(">")
  }

  /// A text that leads to the credential: a template, a variable, an address, a path, the reference of a tool.
  static func isReference(_ text: String) -> Bool {
    let marks = ["${", "$(", "{{", "://", "ENC[", " "]
    let starts = [
      "/", "<", "$", "%", "ref+", "vault:", "op:", "file:", "env:", "os.environ/", "process.env.", "secret:", "!", "@",
    ]
    return marks.contains { text.holds($0) } || starts.contains { text.hasPrefix($0) } || isBracedName(text)
      || text.isName
  }

  /// `{NAME}`: what an application fills in from its environment (Frigate, and whatever formats as Python does).
  private static func isBracedName(_ text: String) -> Bool {
    text.hasPrefix("{") && text.hasSuffix("}") && text.dropFirst().dropLast().utf8.allSatisfy(\.isWordPart)
  }

  /// Whether a text is no word and no name: letters and digits in a way that nobody calls a thing.
  private static func isRandom(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let hasDigit = bytes.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let isObjectName = bytes.allSatisfy {
      !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) && ($0.isWordPart || $0 == UInt8(ascii: "-"))
    }
    return hasDigit && bytes.count >= 8 && !(isObjectName && (bytes.contains(UInt8(ascii: "-")) || bytes.count < 16))
  }

  /// Whether a key may be that of a credential, or of what leads to one.
  private static func maySayCredential(_ key: String) -> Bool {
    let letters = key.lowercased().utf8.filter { $0.isWordPart && $0 != UInt8(ascii: "_") }
    let name = String(decoding: letters, as: UTF8.self)
    return ["token", "secret", "pass", "pwd", "masterkey", "credential", "credentials"].contains { name.hasSuffix($0) }
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
  /// Whether it contains `part`, byte for byte. Unlike `contains`, it does not look for the borders of characters.
  func holds(_ part: String) -> Bool {
    var text = self
    var part = part
    return text.withUTF8 { bytes in
      part.withUTF8 { wanted in
        guard let first = wanted.first else { return true }
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
          bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
      }
    }
  }
}

extension String {
  /// Whether it says what it names: the name of a Secret, of a key in one, or of a variable.
  fileprivate var isName: Bool {
    let lowered = lowercased()
    guard
      ["secret", "password", "passwd", "credential", "token", "-key", "_key", "apikey"].contains(
        where: lowered.contains)
    else { return false }
    let isWord = utf8.allSatisfy { $0.isWordPart || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    let hasDigit = utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    // `MySecretPassword1` is one; `db-password-v2`, `DB_PASSWORD_2` and `adminPassword` are names.
    return isWord && (!hasDigit || self == lowered || self == uppercased())
  }
}
