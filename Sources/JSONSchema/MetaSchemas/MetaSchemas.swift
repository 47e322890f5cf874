import Diagnostics
import YAML

/// The metaschemas of all drafts, compiled once.
enum MetaSchemas {
  static let library: Result<SchemaLibrary, SchemaError> = Result { () throws(SchemaError) in try compiled() }

  private static func compiled() throws(SchemaError) -> SchemaLibrary {
    var compiler = SchemaCompiler(library: SchemaLibrary(), assertsFormat: true)
    for (url, text) in texts { compiler.add(try SchemaDocument(url: url, root: try parse(text, url: url))) }
    var metaSchemas: [Draft: Subschema.ID] = [:]
    for draft in Draft.allCases { metaSchemas[draft] = try compiler.compile(draft.url) }
    var library = compiler.library
    library.metaSchemas = metaSchemas
    return library
  }

  private static func parse(_ text: String, url: String) throws(SchemaError) -> JSONValue {
    let documents: [Document]
    do throws(YAMLError) {
      documents = try YAMLReader.read(text: text, path: "<\(url)>")
    } catch {
      throw SchemaError(.notLoaded(url: url), at: error.place)
    }
    guard let root = documents.first?.root else { throw SchemaError(.notLoaded(url: url), at: nil) }
    return try ValueReader(dialect: .goYAML2, isExact: true).value(of: root)
  }
}
