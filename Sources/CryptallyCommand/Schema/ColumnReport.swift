import Cryptally

/// What each column of a schema costs and what SQL may do with it.
struct ColumnReport {
  private let schema: Schema

  init(_ schema: Schema) { self.schema = schema }

  var table: TextTable {
    var table = TextTable()
    table.add("column", "type", "stored as", "in SQL")
    table.addRule()
    for column in schema.columns {
      table.add(name(column), type(column), storage(column), uses(column))
    }
    return table
  }

  private func name(_ column: Column) -> String {
    column.protection == .drop ? "(\(column.sourceName))" : column.name
  }

  private func type(_ column: Column) -> String {
    switch column.type {
    case .text: "text"
    case .category: "category"
    case .code: "code"
    case .date: "date"
    case .integer: "integer"
    case .money: "money"
    }
  }

  private func storage(_ column: Column) -> String {
    switch column.protection {
    case .clear: "clear"
    case .drop: "nothing"
    case .paillier: "paillier"
    case .encrypted:
      column.digitLayout.map { FigureText.count($0.indicatorCount, "indicator") }
        ?? "encrypted values"
    }
  }

  private func uses(_ column: Column) -> String {
    switch column.protection {
    case .drop: return "-"
    case .clear: return "WHERE, GROUP BY; the server sees it"
    case .paillier: return "sum, avg, count, with clear filters only"
    case .encrypted:
      var uses: [String] = []
      if column.digitLayout != nil { uses.append(filter(column)) }
      if column.uses.contains(.sum) { uses.append("sum, avg") }
      return (uses + ["count"]).joined(separator: "; ")
    }
  }

  private func filter(_ column: Column) -> String {
    let grouping =
      column.groupKeys.map { ", GROUP BY (\(FigureText.count($0.count, "key")))" } ?? ""
    switch column.type {
    case .category: return "=, IN, LIKE 'prefix%'" + grouping
    case .code: return "=, IN, <, >, BETWEEN, LIKE 'prefix%'" + grouping
    case .integer(_, bands: .some), .money(_, _, bands: .some):
      return "<, >=, BETWEEN at its cut points" + grouping
    case .text, .date, .integer, .money: return "=, IN, <, >, BETWEEN" + grouping
    }
  }
}
