/// Signatures that an OCI artifact or a chart must carry.
public struct SignatureVerification: SpecPart {
  /// `cosign` or `notation`.
  public var provider: Field<String>?
  /// The Secret with the public keys.
  public var secretRef: ObjectRef?
  /// Signers accepted for keyless signatures.
  public var matchOIDCIdentity: [Field<Identity>]
  /// The Secret with the root of trust.
  public var trustedRootSecretRef: ObjectRef?

  init(_ reader: inout SpecReader) {
    provider = reader.string("provider")
    secretRef = reader.localRef("secretRef")
    matchOIDCIdentity = reader.list("matchOIDCIdentity")
    trustedRootSecretRef = reader.localRef("trustedRootSecretRef")
  }

  /// A signer that is accepted.
  public struct Identity: SpecPart {
    /// A regular expression for the issuer.
    public var issuer: Field<String>?
    /// A regular expression for the subject.
    public var subject: Field<String>?

    init(_ reader: inout SpecReader) {
      issuer = reader.string("issuer")
      subject = reader.string("subject")
    }
  }
}
