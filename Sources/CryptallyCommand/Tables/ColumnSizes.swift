import Cryptally

/// The bytes of a table by the schema's columns.
struct ColumnSizes {
  private let statistics: TableStatistics
  private let schema: Schema

  init(_ statistics: TableStatistics, _ schema: Schema) {
    self.statistics = statistics
    self.schema = schema
  }

  private struct Size {
    var ciphertexts = 0
    var bytes = 0
  }

  private enum Owner: Hashable {
    case occupied
    case personBuckets
    case column(String)
  }

  var lines: [String] {
    var sizes: [Owner: Size] = [:]
    var clear: [String: Int] = [:]
    var paillier = 0
    for column in statistics.columns {
      switch column.kind {
      case .ciphertext:
        sizes[owner(column.key), default: Size()].ciphertexts += 1
        sizes[owner(column.key), default: Size()].bytes += column.byteCount
      case .clear: clear[column.key] = column.byteCount
      case .paillier: paillier += column.byteCount
      }
    }
    var table = TextTable([.left, .left, .right, .right])
    table.add("column", "stored as", "ciphertexts", "bytes")
    table.addRule()
    add("(occupied slots)", sizes[.occupied], to: &table)
    add("(the person's bucket)", sizes[.personBuckets], to: &table)
    for column in schema.columns {
      if column.protection == .encrypted {
        add(column.name, sizes[.column(column.name)], to: &table)
      } else if let bytes = clear[column.name] {
        table.add(column.name, "clear", "", FigureText.count(bytes))
      }
    }
    if paillier > 0 {
      let names = schema.columns.filter { $0.protection == .paillier }.map(\.name)
      table.add(names.joined(separator: ", "), "paillier", "", FigureText.count(paillier))
    }
    return table.lines
  }

  /// What a ciphertext is part of, by its storage key.
  private func owner(_ key: String) -> Owner {
    if key == LatticeColumn.occupied.storageKey { return .occupied }
    if key.hasPrefix("person/bucket/") { return .personBuckets }
    return .column(key.split(separator: "/").first.map(String.init) ?? key)
  }

  private func add(_ name: String, _ size: Size?, to table: inout TextTable) {
    guard let size else { return }
    table.add(
      name, "encrypted", FigureText.count(size.ciphertexts), FigureText.count(size.bytes))
  }
}
