/// What of a record a condition can be about.
enum TestedValue {
  case column(ColumnReference)
  case part(DatePart, ColumnReference)
  case truncated(DateUnit, ColumnReference)

  var column: ColumnReference {
    switch self {
    case .column(let column), .part(_, let column), .truncated(_, let column): column
    }
  }
}

extension TranslationScope {
  /// The column, `extract`, `date_part` or `date_trunc` that `node` is; nil for anything else.
  ///
  /// A part of a date is a whole number and the start of a unit is a day, so casts between the types
  /// that can hold them change nothing.
  func testedValue(_ node: ParseNode) throws(QueryError) -> TestedValue? {
    switch node.kind {
    case "ColumnRef":
      return .column(try column(node))
    case "FuncCall":
      return try dateFunction(node)
    case "TypeCast":
      guard let argument = node.node("arg"), argument.kind != "ColumnRef",
        let value = try testedValue(argument)
      else { return nil }
      switch (value, SQLType(node.object("typeName"))) {
      case (.part, .integer), (.part, .numeric(nil, nil)), (.part, .double): return value
      case (.truncated, .date), (.truncated, .timestamp): return value
      default: return nil
      }
    default:
      return nil
    }
  }

  /// `extract(part FROM column)`, `date_part('part', column)` and `date_trunc('unit', column)`; nil
  /// for other functions, and for a constant instead of the column.
  private func dateFunction(_ call: ParseNode) throws(QueryError) -> TestedValue? {
    let name = call.names("funcname").last ?? ""
    let arguments = call.nodes("args")
    guard ["extract", "date_part", "date_trunc"].contains(name), arguments.count == 2 else {
      return nil
    }
    let hasColumn = !arguments[1].columnNames.isEmpty
    guard name != "date_trunc" || hasColumn else { return nil }
    guard let dated = withoutDateCast(arguments[1]), dated.kind == "ColumnRef" else {
      throw .unsupported(
        construct: "\(name) of an expression", position: position(of: arguments[1]),
        instead: "Take it of a date column, such as extract(year FROM admitted).")
    }
    let column = try column(dated)
    guard name == "date_trunc" else { return .part(try part(of: call), column) }
    return .truncated(try unit(of: call), column)
  }

  /// The field that `extract` or `date_part` takes.
  private func part(of call: ParseNode) throws(QueryError) -> DatePart {
    guard let part = firstWord(of: call).flatMap(DatePart.init(rawValue:)) else {
      throw .unsupported(
        construct: "this field of a date", position: position(of: call),
        instead: "Take year, quarter, month or day; others have to be columns of their own before"
          + " encrypting.")
    }
    return part
  }

  /// The unit that `date_trunc` rounds down to.
  func unit(of call: ParseNode) throws(QueryError) -> DateUnit {
    guard let unit = firstWord(of: call).flatMap(DateUnit.init(rawValue:)) else {
      throw .unsupported(
        construct: "date_trunc to this unit", position: position(of: call),
        instead:
          "Truncate to 'year', 'quarter', 'month' or 'day'; other units have to be columns of"
          + " their own before encrypting.")
    }
    return unit
  }

  private func firstWord(of call: ParseNode) -> String? {
    call.nodes("args").first?.object("sval")?.string("sval")?.lowercased()
  }

  /// A column is a date or it is not, so a cast to a date says nothing.
  private func withoutDateCast(_ node: ParseNode) -> ParseNode? {
    guard node.kind == "TypeCast" else { return node }
    switch SQLType(node.object("typeName")) {
    case .date, .timestamp: return node.node("arg")
    default: return nil
    }
  }
}
