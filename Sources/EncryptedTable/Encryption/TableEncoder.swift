import BFV
import ClaimKeys
import ClaimSchema
import Paillier
import SecureMemory

/// Turns records into what the columns of a table hold: slot values for the lattice columns, texts
/// for the clear columns, packed values for the Paillier records.
package struct TableEncoder: Sendable {
  let layout: TableLayout
  /// The columns in the order of a record's cells.
  private let columns: [Column]
  private let indices: [String: Int]
  private let person: PersonReading?
  private let buckets: PersonBuckets?

  /// - Parameter fingerprint: that of the public key.
  package init(layout: TableLayout, publicKey fingerprint: Digest) {
    self.layout = layout
    person = PersonReading(layout.schema)
    buckets = PersonBuckets(layout.schema, publicKey: fingerprint)
    columns = layout.schema.columns.filter { $0.protection != .drop }
    indices = Dictionary(
      uniqueKeysWithValues: columns.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Looks at every cell of the records once, so that a column's slots are then a lookup.
  package func encode(_ records: [ClaimRecord]) -> EncodedRecords {
    var digits: [Int: [[Int]?]] = [:]
    for (index, column) in columns.enumerated() {
      guard let digitLayout = column.digitLayout else { continue }
      digits[index] = records.map { digitLayout.digits(of: $0.cells[index]) }
    }
    var places: [[String]: [Int]] = [:]
    for index in layout.schema.indexes {
      places[index.columns] = self.places(in: index, digits, count: records.count)
    }
    var buckets: [Int] = []
    if let person, let ofPerson = self.buckets {
      buckets = records.map { ofPerson.bucket(of: person.text(of: $0)) }
    }
    return EncodedRecords(records: records, digits: digits, places: places, buckets: buckets)
  }

  /// One value for each record.
  package func slotValues(_ column: LatticeColumn, _ encoded: EncodedRecords) -> [Int64] {
    let records = encoded.records
    switch column {
    case .occupied:
      return Array(repeating: 1, count: records.count)
    case .personBucket(let bucket):
      return encoded.buckets.map { $0 == bucket ? 1 : 0 }
    case .present(let name):
      guard let index = indices[name] else { return Array(repeating: 0, count: records.count) }
      return records.map { $0.cells[index] == .null ? 0 : 1 }
    case .indicator(let name, let digit, let value):
      let digits = indices[name].flatMap { encoded.digits[$0] } ?? []
      return digits.map { $0.map { $0[digit] == value ? 1 : 0 } ?? 0 }
    case .value(let value, let limb):
      guard let encoding = layout.encoding(of: value) else {
        return Array(repeating: 0, count: records.count)
      }
      return records.map { record in
        number(value, of: record).map { encoding.limbs(of: $0)[limb] } ?? 0
      }
    case .joint(let columns, let place):
      return (encoded.places[columns] ?? []).map { $0 == place ? 1 : 0 }
    }
  }

  /// What is summed of a record; nil for NULL.
  private func number(_ value: SummedValue, of record: ClaimRecord) -> Int128? {
    switch value {
    case .column(let name): return number(name, of: record)
    case .product(let a, let b):
      guard let a = number(a, of: record), let b = number(b, of: record) else { return nil }
      return a * b
    }
  }

  private func number(_ name: String, of record: ClaimRecord) -> Int128? {
    guard let index = indices[name], case .number(let number) = record.cells[index] else {
      return nil
    }
    return Int128(number)
  }

  /// The place of each record in a joint index.
  private func places(in index: JointIndex, _ digits: [Int: [[Int]?]], count: Int) -> [Int] {
    let columns = index.columns.map { indices[$0].flatMap { digits[$0] } ?? [] }
    return (0..<count).map { record in
      // NULL is the last digit value of its column.
      index.place(
        of: zip(columns, index.sizes).map { column, size in column[record]?.first ?? size - 1 })
    }
  }

  /// The clear columns with the text of each record's cell.
  func clearCells(_ encoded: EncodedRecords) -> [(column: Column, cells: [String?])] {
    columns.enumerated().compactMap { index, column in
      guard column.protection == .clear else { return nil }
      return (
        column,
        encoded.records.map { record in
          guard case .text(let text) = record.cells[index] else { return nil }
          return text
        }
      )
    }
  }

  /// The values of the Paillier measures of one record, nil for NULL.
  package func measures(of record: ClaimRecord) -> [Int64?] {
    (layout.packing?.measures ?? []).map { measure in
      guard let index = indices[measure.name], case .number(let number) = record.cells[index]
      else { return nil }
      return number
    }
  }
}

/// Records with the digits of their indexed cells.
package struct EncodedRecords: Sendable {
  let records: [ClaimRecord]
  /// By the column's place in a record: one list of digits for each record, nil for NULL.
  let digits: [Int: [[Int]?]]
  /// By the columns of a joint index: the place of each record.
  let places: [[String]: [Int]]
  /// Each record's person's bucket; empty when there are none.
  let buckets: [Int]
}

extension Column {
  /// How the texts of a clear column compare.
  var clearOrder: ClearOrder {
    switch type {
    case .integer, .money: .number
    case .text, .category, .code, .date: .bytes
    }
  }
}
