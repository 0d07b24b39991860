import BFV
import ClaimKeys
import ClaimSchema
import Paillier
import SecureMemory

/// Turns records into what the columns of a table hold: slot values for the lattice columns, texts
/// for the clear columns, packed values for the Paillier records.
struct TableEncoder: Sendable {
  let layout: TableLayout
  /// The columns in the order of a record's cells.
  private let columns: [Column]
  private let indices: [String: Int]
  private let person: PersonReading?
  private let buckets: PersonBuckets?

  /// - Parameter fingerprint: that of the public key.
  init(layout: TableLayout, publicKey fingerprint: Digest) {
    self.layout = layout
    person = PersonReading(layout.schema)
    buckets = PersonBuckets(layout.schema, publicKey: fingerprint)
    columns = layout.schema.columns.filter { $0.protection != .drop }
    indices = Dictionary(
      uniqueKeysWithValues: columns.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Looks at every cell of the records once, so that a column's slots are then a lookup.
  func encode(_ records: [ClaimRecord]) -> EncodedRecords {
    var digits: [Int: [[Int]?]] = [:]
    for (index, column) in columns.enumerated() {
      guard let digitLayout = column.digitLayout else { continue }
      digits[index] = records.map { digitLayout.digits(of: $0.cells[index]) }
    }
    var buckets: [Int] = []
    if let person, let ofPerson = self.buckets {
      buckets = records.map { ofPerson.bucket(of: person.text(of: $0)) }
    }
    return EncodedRecords(records: records, digits: digits, buckets: buckets)
  }

  /// One value for each record.
  func slotValues(_ column: LatticeColumn, _ encoded: EncodedRecords) -> [Int64] {
    let records = encoded.records
    switch column {
    case .occupied:
      return Array(repeating: 1, count: records.count)
    case .personBucket(let bucket):
      return encoded.buckets.map { $0 == bucket ? 1 : 0 }
    case .present(let name):
      guard let index = indices[name] else { return [] }
      return records.map { $0.cells[index] == .null ? 0 : 1 }
    case .indicator(let name, let digit, let value):
      guard let index = indices[name] else { return [] }
      return (encoded.digits[index] ?? []).map { $0.map { $0[digit] == value ? 1 : 0 } ?? 0 }
    case .value(let name, let limb):
      guard let index = indices[name], let encoding = layout.encoding(of: name) else { return [] }
      return records.map { record in
        guard case .number(let number) = record.cells[index] else { return 0 }
        return encoding.limbs(of: number)[limb]
      }
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
  func measures(of record: ClaimRecord) -> [Int64?] {
    (layout.packing?.measures ?? []).map { measure in
      guard let index = indices[measure.name], case .number(let number) = record.cells[index]
      else { return nil }
      return number
    }
  }
}

/// Records with the digits of their indexed cells.
struct EncodedRecords: Sendable {
  let records: [ClaimRecord]
  /// By the column's place in a record: one list of digits for each record, nil for NULL.
  let digits: [Int: [[Int]?]]
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
