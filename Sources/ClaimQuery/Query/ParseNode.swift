import Foundation

/// A node of PostgreSQL's parse tree: its kind, and the fields that are not at their zero value,
/// for libpg_query leaves those out.
struct ParseNode {
  /// The node's type in PostgreSQL's sources, such as `A_Expr`; empty for a field's plain object.
  let kind: String
  private let fields: [String: Any]

  private init(kind: String, fields: [String: Any]) {
    self.kind = kind
    self.fields = fields
  }

  /// A node as libpg_query writes it: an object with one member, named for the kind.
  private init?(wrapped value: Any) {
    guard let object = value as? [String: Any], object.count == 1, let (kind, inner) = object.first,
      let fields = inner as? [String: Any]
    else { return nil }
    self.init(kind: kind, fields: fields)
  }

  /// The root of a tree; nil when it cannot be read, which happens when it is nested too deeply
  /// for the JSON reader.
  init?(json: String) {
    guard let value = try? JSONSerialization.jsonObject(with: Data(json.utf8)),
      let fields = value as? [String: Any]
    else { return nil }
    self.init(kind: "", fields: fields)
  }

  var fieldNames: some Sequence<String> { fields.keys }

  func has(_ field: String) -> Bool { fields[field] != nil }

  func string(_ field: String) -> String? { fields[field] as? String }

  func integer(_ field: String) -> Int? { fields[field] as? Int }

  func flag(_ field: String) -> Bool { fields[field] as? Bool ?? false }

  /// A field that is a node.
  func node(_ field: String) -> ParseNode? {
    fields[field].flatMap { ParseNode(wrapped: $0) }
  }

  /// A field that is an object of a fixed kind, which is not named again.
  func object(_ field: String) -> ParseNode? {
    (fields[field] as? [String: Any]).map { ParseNode(kind: "", fields: $0) }
  }

  /// A field that is a list of nodes.
  func nodes(_ field: String) -> [ParseNode] {
    guard let values = fields[field] as? [Any] else { return [] }
    return values.map { ParseNode(wrapped: $0) ?? ParseNode(kind: "", fields: [:]) }
  }

  /// A field that is a list of objects of a fixed kind.
  func objects(_ field: String) -> [ParseNode] {
    guard let values = fields[field] as? [[String: Any]] else { return [] }
    return values.map { ParseNode(kind: "", fields: $0) }
  }

  /// A field that is a list of names, such as a function's.
  func names(_ field: String) -> [String] {
    nodes(field).compactMap { $0.string("sval") }
  }

  /// The nodes and objects in the fields.
  var children: [ParseNode] {
    fields.sorted { $0.key < $1.key }.flatMap { ParseNode.nodes(in: $0.value) }
  }

  /// What `find` gives for the first child that it finds something in. Each child is asked once: a
  /// lazy sequence would ask again for what it found, on every level of a recursion.
  func firstChild(_ find: (ParseNode) -> ParseNode?) -> ParseNode? {
    for child in children {
      if let found = find(child) { return found }
    }
    return nil
  }

  private static func nodes(in value: Any) -> [ParseNode] {
    switch value {
    case let object as [String: Any]:
      [ParseNode(wrapped: object) ?? ParseNode(kind: "", fields: object)]
    case let list as [Any]: list.flatMap { nodes(in: $0) }
    default: []
    }
  }

  /// Where the node stands in the text, in bytes: its own place (an operator's is the operator),
  /// else the first place inside it.
  var byteOffset: Int? {
    if let own = fields["location"] as? Int, own >= 0 { return own }
    return ParseNode.firstLocation(in: fields)
  }

  private static func firstLocation(in value: Any) -> Int? {
    switch value {
    case let object as [String: Any]:
      let own = (object["location"] as? Int).flatMap { $0 >= 0 ? $0 : nil }
      return (object.values.compactMap { firstLocation(in: $0) } + [own].compactMap(\.self)).min()
    case let list as [Any]:
      return list.compactMap { firstLocation(in: $0) }.min()
    default:
      return nil
    }
  }
}
