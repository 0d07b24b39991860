extension Query {
  /// The query as SQL of one fixed form: key words in upper case, single spaces, names quoted only
  /// where they must be, the alias of the table left out, output columns in ORDER BY by number.
  ///
  /// It depends on the query's meaning alone, so equal queries have equal texts, and parsing it
  /// gives an equal query. Answers are signed over it.
  public var canonicalText: String {
    let writer = CanonicalText(query: self)
    var text = "SELECT " + select.map(writer.item).joined(separator: ", ")
    text += " FROM " + CanonicalText.name(table)
    if let predicate {
      text += " WHERE " + CanonicalText.condition(predicate)
    }
    if !groupBy.isEmpty {
      text += " GROUP BY " + groupBy.indices.map(writer.grouping).joined(separator: ", ")
    }
    if let having {
      text += " HAVING " + writer.result(having)
    }
    if !orderBy.isEmpty {
      text += " ORDER BY " + orderBy.map(writer.order).joined(separator: ", ")
    }
    if let limit { text += " LIMIT \(limit)" }
    if offset != 0 { text += " OFFSET \(offset)" }
    return text
  }
}

/// Writes the pieces of a canonical text.
struct CanonicalText {
  let query: Query

  static func name(_ name: String) -> String {
    guard SQLKeywords.needsQuotes(name) else { return name }
    return quoted(name, with: "\"")
  }

  /// Compared by code points: a mark that a combining character follows still ends the quotation.
  static func quoted(_ text: String, with mark: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView([mark])
    for scalar in text.unicodeScalars {
      if scalar == mark { result.append(mark) }
      result.append(scalar)
    }
    result.append(mark)
    return String(result)
  }

  static func literal(_ literal: Literal) -> String {
    switch literal.value {
    case .string(let text): quoted(text, with: "'")
    case .number(let digits): digits
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .null: "NULL"
    }
  }

  func item(_ item: SelectItem) -> String {
    let value = result(item.value)
    return item.label == defaultLabel(of: item.value)
      ? value : value + " AS " + CanonicalText.name(item.label)
  }

  /// A bare name would be an output column's if one is called so.
  func grouping(at index: Int) -> String {
    let grouping = query.groupBy[index]
    guard case .column(let column) = grouping,
      query.select.contains(where: { $0.label == column.name && $0.value != .key(index) })
    else { return CanonicalText.grouping(grouping) }
    return qualified(column)
  }

  static func grouping(_ grouping: GroupingExpression) -> String {
    switch grouping {
    case .column(let column):
      return name(column.name)
    case .datePart(let part, let column):
      return "extract(\(part.rawValue) FROM \(name(column.name)))"
    case .truncated(let unit, let column):
      return "date_trunc('\(unit.rawValue)', \(name(column.name)))"
    case .conditional(let branches, let otherwise):
      let written = branches.map { (condition($0.condition), literal($0.label)) }
      return choice(written, otherwise: otherwise.map(literal))
    }
  }

  func order(_ term: OrderTerm) -> String {
    var text =
      switch term.key {
      case .output(let index): String(index + 1)
      case .expression(let expression): orderExpression(expression)
      }
    if term.isDescending { text += " DESC" }
    if term.nullsFirst != term.isDescending {
      text += term.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
    }
    return text
  }

  private func orderExpression(_ expression: ResultExpression) -> String {
    guard case .key(let index) = expression, query.groupBy.indices.contains(index),
      case .column(let column) = query.groupBy[index]
    else { return result(expression) }
    return qualified(column)
  }

  private func qualified(_ column: ColumnReference) -> String {
    CanonicalText.name(query.table) + "." + CanonicalText.name(column.name)
  }

  /// `CASE WHEN … THEN … ELSE … END`.
  static func choice(
    _ branches: [(condition: String, value: String)], otherwise: String?
  ) -> String {
    let written = branches.map { "WHEN \($0.condition) THEN \($0.value) " }.joined()
    return "CASE " + written + (otherwise.map { "ELSE \($0) " } ?? "") + "END"
  }
}
