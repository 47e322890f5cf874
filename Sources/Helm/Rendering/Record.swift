import GoTemplate

/// A Go struct for templates: fields in their order, and methods that give texts.
final class Record: TemplateObject {
  struct Field: Sendable {
    enum Content: Sendable {
      case text(String)
      case object(any TemplateObject)
    }

    var name: GoString
    var content: Content
    /// The name in JSON, where it is another one.
    var json: GoString

    init(_ name: GoString, _ content: Content, json: GoString? = nil) {
      self.name = name
      self.content = content
      self.json = json ?? name
    }

    var value: Value {
      switch content {
      case .text(let text): .text(text)
      case .object(let object): .object(object)
      }
    }
  }

  let type: GoType
  private let fields: [Field]
  let text: GoString?
  private let methods: [GoString: String]

  init(_ type: GoType, _ fields: [Field], text: String? = nil, methods: [GoString: String] = [:]) {
    self.type = type
    self.fields = fields
    self.text = text.map { GoString($0) }
    self.methods = methods
  }

  func field(_ name: GoString) -> Value? { fields.first { $0.name == name }?.value }

  func method(_ name: GoString) -> Function? {
    methods[name].map { answer in Function(name.text) { _ in .text(answer) } }
  }

  var marshaled: Value {
    .anyDict(Dictionary(fields.map { ($0.json, $0.value) }, uniquingKeysWith: { $1 }))
  }

  var orderedFields: [(name: GoString, value: Value)]? { fields.map { ($0.json, $0.value) } }

  func isEqual(to other: any TemplateObject) -> Bool {
    (other as? Record).map { $0.marshaled.isDeepEqual(to: marshaled) } ?? false
  }
}
