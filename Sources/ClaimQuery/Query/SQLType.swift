/// A type's name after `::` or in CAST.
enum SQLType: Equatable {
  /// Whole numbers; other engines' HUGEINT among them.
  case integer
  case numeric(precision: Int?, scale: Int?)
  /// `double precision`, or DOUBLE as other engines write it.
  case double
  case text
  case date
  /// A date with a time, with or without a time zone.
  case timestamp
  /// The field that `INTERVAL '30' DAY` names, in PostgreSQL's bits.
  case interval(fields: Int?)
  case other(name: String)

  /// The type that a `typeName` of the parse tree is.
  init(_ node: ParseNode?) {
    let names = node?.names("names") ?? []
    let name = names.last ?? "?"
    let modifiers = (node?.nodes("typmods") ?? []).map { node in
      node.object("ival").map { $0.integer("ival") ?? 0 } ?? -1
    }
    let isPlain =
      names.count == 1 || (names.count == 2 && names.first == "pg_catalog")
    guard isPlain, node?.has("arrayBounds") == false, node?.has("setof") == false else {
      self = .other(name: name)
      return
    }
    switch name {
    case "int2", "int4", "int8", "hugeint": self = modifiers.isEmpty ? .integer : .other(name: name)
    case "numeric": self = SQLType.numeric(modifiers) ?? .other(name: name)
    case "float8", "double": self = .double
    case "text", "varchar", "string": self = modifiers.isEmpty ? .text : .other(name: name)
    case "date": self = .date
    case "timestamp", "timestamptz": self = modifiers.isEmpty ? .timestamp : .other(name: name)
    case "interval": self = .interval(fields: modifiers.first)
    default: self = .other(name: name)
    }
  }

  private static func numeric(_ modifiers: [Int]) -> SQLType? {
    guard modifiers.count <= 2 else { return nil }
    let precision = modifiers.first
    let scale = modifiers.count == 2 ? modifiers[1] : nil
    guard (1...1000).contains(precision ?? 1), (0...(precision ?? 1)).contains(scale ?? 0) else {
      return nil
    }
    return .numeric(precision: precision, scale: scale)
  }
}
