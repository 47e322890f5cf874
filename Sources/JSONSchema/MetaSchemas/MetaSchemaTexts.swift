/// The rules of each draft about itself, with what plays no part in validation left out.
extension MetaSchemas {
  /// The documents with their URLs.
  static let texts: [(url: String, text: String)] =
    [(Draft.draft4.url, draft4), (Draft.draft6.url, draft6), (Draft.draft7.url, draft7)]
    + modern(Draft.draft2019, vocabularies2019) + modern(Draft.draft2020, vocabularies2020)

  /// The vocabularies of one of the newer drafts, in documents beside the metaschema itself.
  private static func modern(_ draft: Draft, _ vocabularies: [(String, String)]) -> [(url: String, text: String)] {
    vocabularies.map { name, text in
      (name.isEmpty ? draft.url : String(draft.url.dropLast("schema".utf8.count)) + "meta/" + name, text)
    }
  }
}
