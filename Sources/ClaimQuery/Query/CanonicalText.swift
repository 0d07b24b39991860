extension Query {
  /// The query as SQL of one fixed form: key words in upper case, single spaces, names quoted only
  /// where they must be, the alias of the table left out, output columns in ORDER BY by number.
  ///
  /// It depends on the query's meaning alone, so equal queries have equal texts, and parsing it
  /// gives an equal query. Answers are signed over it.
  public var canonicalText: String {
    var text = "SELECT " + select.map(CanonicalText.item).joined(separator: ", ")
    text += " FROM " + CanonicalText.name(table)
    if let predicate {
      text += " WHERE " + CanonicalText.condition(predicate)
    }
    if !groupBy.isEmpty {
      text += " GROUP BY " + groupBy.map { CanonicalText.name($0.name) }.joined(separator: ", ")
    }
    if !orderBy.isEmpty {
      let terms = orderBy.map { CanonicalText.order($0, table: table) }
      text += " ORDER BY " + terms.joined(separator: ", ")
    }
    return text
  }
}

extension SelectItem {
  /// What PostgreSQL calls the output column when there is no AS.
  static func defaultLabel(of value: SelectValue) -> String {
    switch value {
    case .column(let column): column.name
    case .countRecords: "count"
    case .aggregate(let function, _): function.rawValue
    }
  }
}

/// The pieces of a canonical text.
private enum CanonicalText {
  static func name(_ name: String) -> String {
    guard SQLKeywords.needsQuotes(name) else { return name }
    return quoted(name, with: "\"")
  }

  /// Compared by code points: a mark that a combining character follows still ends the quotation.
  private static func quoted(_ text: String, with mark: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView([mark])
    for scalar in text.unicodeScalars {
      if scalar == mark { result.append(mark) }
      result.append(scalar)
    }
    result.append(mark)
    return String(result)
  }

  static func item(_ item: SelectItem) -> String {
    let value =
      switch item.value {
      case .column(let column): name(column.name)
      case .countRecords: "count(*)"
      case .aggregate(let function, let column): "\(function.rawValue)(\(name(column.name)))"
      }
    let isDefault = item.label == SelectItem.defaultLabel(of: item.value)
    return isDefault ? value : value + " AS " + name(item.label)
  }

  static func order(_ term: OrderTerm, table: String) -> String {
    var text =
      switch term.key {
      case .output(let index): String(index + 1)
      // A bare name would be an output column's if one is called so.
      case .groupColumn(let column): name(table) + "." + name(column)
      }
    if term.isDescending { text += " DESC" }
    if term.nullsFirst != term.isDescending {
      text += term.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
    }
    return text
  }

  static func condition(_ predicate: Predicate) -> String {
    switch predicate {
    case .comparison(let column, let comparison, let constant):
      "\(name(column.name)) \(comparison.rawValue) \(literal(constant))"
    case .between, .isIn, .like, .isNull:
      leaf(predicate, isNegated: false)
    case .not(let inner):
      switch inner {
      case .between, .isIn, .like, .isNull: leaf(inner, isNegated: true)
      default: "NOT (" + condition(inner) + ")"
      }
    case .and(let operands): chain(operands, by: " AND ", whenEmpty: "TRUE")
    case .or(let operands): chain(operands, by: " OR ", whenEmpty: "FALSE")
    case .constant(let value): value.map { $0 ? "TRUE" : "FALSE" } ?? "NULL"
    }
  }

  /// The conditions that have a negated form of their own.
  private static func leaf(_ predicate: Predicate, isNegated: Bool) -> String {
    let not = isNegated ? "NOT " : ""
    switch predicate {
    case .between(let column, let low, let high):
      return "\(name(column.name)) \(not)BETWEEN \(literal(low)) AND \(literal(high))"
    case .isIn(let column, let constants):
      let list = constants.map(literal).joined(separator: ", ")
      return "\(name(column.name)) \(not)IN (\(list))"
    case .like(let column, let prefix, let isExact):
      return "\(name(column.name)) \(not)LIKE \(literal(prefix, suffix: isExact ? "" : "%"))"
    case .isNull(let column):
      return "\(name(column.name)) IS \(not)NULL"
    default:
      return not + "(" + condition(predicate) + ")"
    }
  }

  private static func chain(
    _ operands: [Predicate], by separator: String, whenEmpty: String
  ) -> String {
    guard operands.count != 1 else { return operands.map(condition).joined() }
    guard !operands.isEmpty else { return whenEmpty }
    return operands.map { operand in
      switch operand {
      case .and, .or: "(" + condition(operand) + ")"
      default: condition(operand)
      }
    }.joined(separator: separator)
  }

  private static func literal(_ literal: Literal) -> String {
    self.literal(literal, suffix: "")
  }

  private static func literal(_ literal: Literal, suffix: String) -> String {
    switch literal.value {
    case .string(let text): quoted(text + suffix, with: "'")
    case .number(let digits): digits
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .null: "NULL"
    }
  }
}
