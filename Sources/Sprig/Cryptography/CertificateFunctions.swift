import GoTemplate

/// Keys and certificates. They are the same for every name and every call: what a chart makes of them is well-formed,
/// and nobody may trust them. Only the bodies are here; the PEM lines around them are added.
enum CertificateFunctions {
  static let functions: [Function] = [
    MadeUp.noted("genPrivateKey", .string) { arguments in
      switch arguments.string(0) {
      case "", "rsa": return .string(pem("RSA PRIVATE KEY", rsaKey))
      case "dsa": return .string(pem("DSA PRIVATE KEY", ecKey))
      case "ecdsa": return .string(pem("EC PRIVATE KEY", ecKey))
      case "ed25519": return .string(pem("PRIVATE KEY", ed25519Key))
      default: return .text("Unknown type \(arguments.string(0))")
      }
    },
    MadeUp.noted("genCA", .string, .int) { _ in made(key: nil) },
    MadeUp.noted("genCAWithKey", .string, .int, .string) { made(key: $0.string(2)) },
    MadeUp.noted("genSelfSignedCert", .string, .anySlice, .anySlice, .int) { _ in made(key: nil) },
    MadeUp.noted("genSelfSignedCertWithKey", .string, .anySlice, .anySlice, .int, .string) { made(key: $0.string(4)) },
    MadeUp.noted("genSignedCert", .string, .anySlice, .anySlice, .int, Certificate.goType) { _ in made(key: nil) },
    MadeUp.noted("genSignedCertWithKey", .string, .anySlice, .anySlice, .int, Certificate.goType, .string) {
      made(key: $0.string(5))
    },
    Function("buildCustomCert", .string, .string) { (arguments) throws(FunctionError) in
      let certificate = try decoded(arguments.string(0), "certificate")
      let key = try decoded(arguments.string(1), "private key")
      guard certificate.firstRange(of: "-----BEGIN ") != nil else { throw .message("unable to decode certificate") }
      guard key.firstRange(of: "PRIVATE KEY-----") != nil else {
        throw .message("error parsing private key: no PEM data in input")
      }
      return .object(Certificate(certificate: certificate, key: key))
    },
  ]

  private static func made(key: GoString?) -> Value {
    .object(Certificate(certificate: pem("CERTIFICATE", certificate), key: key ?? pem("RSA PRIVATE KEY", rsaKey)))
  }

  private static func decoded(_ text: GoString, _ what: String) throws(FunctionError) -> GoString {
    do throws(BitCoding.Corrupt) {
      return GoString(try Base64.decode(text))
    } catch {
      throw .message("unable to decode base64 \(what)")
    }
  }

  /// The body between PEM lines, 64 characters a line.
  private static func pem(_ label: String, _ body: String) -> GoString {
    var out = Array("-----BEGIN \(label)-----\n".utf8)
    let bytes = Array(body.utf8)
    for start in stride(from: 0, to: bytes.count, by: 64) {
      out += bytes[start..<min(start + 64, bytes.count)] + [UInt8(ascii: "\n")]
    }
    return GoString(out + Array("-----END \(label)-----\n".utf8))
  }

  private static let certificate =
    "MIICAjCCAWugAwIBAgIUTF3ILL5Q8zx/s23gDZJJCbPlqfUwDQYJKoZIhvcNAQELBQAwEjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0y"
    + "NjExMjEwNjIzMzNaGA8yMTI2MTAyODA2MjMzM1owEjEQMA4GA1UEAwwHZXhhbXBsZTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC"
    + "gYEAvvIzSUbREg/fc1RiYFabvV+XV9tTtHMVxccIco+Oq5nnvUTt+WL7Hn22/mkwLYki4D/2hLgrGlXjmaOgNB+ZU8GQeAqiW7Lw"
    + "NYHlm4lINcfTxw7+dACy5fjOiw9VfDJH3uMqwiyOBku9THeQT8idFnhjgS3N5qgGCwLt2Q0fFI0CAwEAAaNTMFEwHQYDVR0OBBYE"
    + "FLQGGmKtN/dCmtrTuAX7pfsimxfyMB8GA1UdIwQYMBaAFLQGGmKtN/dCmtrTuAX7pfsimxfyMA8GA1UdEwEB/wQFMAMBAf8wDQYJ"
    + "KoZIhvcNAQELBQADgYEAKY4MsPVuPjv4wBqx87qNeopSt6pwKOFFLhgFsm8Pb/6UFCCgfTv9na5T42mnZ+O0WpJe9R2OW3rg0Vee"
    + "7Ze7rF+GBUW6+pbQOreyDszPpILcTLSUyV5g+yOIxvzfluaW1agLHN/6yIKAR6jIMI9YFaxAifRDJokUIQCryit5KI8="
  private static let rsaKey =
    "MIICXgIBAAKBgQC+8jNJRtESD99zVGJgVpu9X5dX21O0cxXFxwhyj46rmee9RO35Yvsefbb+aTAtiSLgP/aEuCsaVeOZo6A0H5lT"
    + "wZB4CqJbsvA1geWbiUg1x9PHDv50ALLl+M6LD1V8Mkfe4yrCLI4GS71Md5BPyJ0WeGOBLc3mqAYLAu3ZDR8UjQIDAQABAoGAUEBK"
    + "/ckdpZG2QCp/Di5YVkcOvIYZsAWOaQk1q7BaLhUJKKsHuYC4OiBsAJEFBp5UYht/6FffBbqDZdc3RbDiJ2+gJtuVCOWGT7QcQAv9"
    + "cOdTP0eJjq8Dur3jMNPwYy1WWeEhQM/nyxZT1nDf6tRhybCGhGMMxChINGP1n3elaqECQQDfPuDGdBJ1Z7A5xKUwWqEx5SZXQpsA"
    + "uJeTL3eBJKUinJAJMszsPVO2LCiy/jguGYpPDwffC2tpvkvw0C7WsbwDAkEA2vYmXNR/3djsPTyCR2dmlztftOaLEmUi4o4PsnbQ"
    + "sBxCN1PqYoMn7pQRzgdjVIEJkyIqQUp7WFZ/1NRlA78wLwJBANCzRIjiK/tr4rgumMsafsVZVr2Ou78x0im73zlw25v+xzyCLEbR"
    + "kjelEqs6s6SNJdqAz7f5QgJJ706CILd+0qcCQQDTs5I7xqkqUYV3X32GlA64wYszWIO18VrdOQUsQ3xaCbhrzhKb1LtTDI56aOI8"
    + "3dXoD+xS3DSNoHRPzlssWDm5AkEAwdKOowLErzw8voV5+ViKF6kGdbO1DqwdAT1CiPb/zgvfST4EbgOSUW5TbaaJINqsWrvNb4xr"
    + "y4CmW/IgkoK95w=="
  private static let ecKey =
    "MHcCAQEEIDCzwXbQoKh6vuYxNKEryxJovmtadoycLB3Ifh5lrSuvoAoGCCqGSM49AwEHoUQDQgAEqxQQlhKU0Qbe406Cn8wDsy8Q"
    + "FkKnJD7LWV1CgP0zeZr7sTvRLU2m+OkC5btzFpOsNm2bNnBIdYRgM8Rmt4CDVQ=="
  private static let ed25519Key =
    "MC4CAQAwBQYDK2VwBCIEIEbqAG6bm8Jk6SH6dueCsTgFL9fQGfaDc8MEY1r2T8VS"
}

/// What sprig's certificate functions give: `.Cert` and `.Key`.
final class Certificate: TemplateObject {
  static let goType = GoType.named("sprig.certificate", kind: "struct")

  private let certificate: GoString
  private let key: GoString

  init(certificate: GoString, key: GoString) {
    self.certificate = certificate
    self.key = key
  }

  var type: GoType { Certificate.goType }
  var text: GoString? { nil }
  var marshaled: Value { .anyDict(["Cert": .string(certificate), "Key": .string(key)]) }

  func field(_ name: GoString) -> Value? {
    switch name {
    case "Cert": .string(certificate)
    case "Key": .string(key)
    default: nil
    }
  }

  func isEqual(to other: any TemplateObject) -> Bool {
    (other as? Certificate).map { $0.certificate == certificate && $0.key == key } ?? false
  }
}
