import BFV
import BigInteger
import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable
import SecureMemory

/// The records of a vector as a table holds them, but in clear.
struct SampleTable: Sendable {
  let schema: Schema
  private let layout: TableLayout
  /// The records, nil for slots that hold none.
  private let records: [ClaimRecord?]
  private let columns: [Column]
  private let encoder: TableEncoder
  private let encoded: EncodedRecords

  /// A table of the rows' values as vectors write them, in the schema's order; nil for a slot without
  /// a record.
  ///
  /// - Throws: `SchemaError`, ``SampleError``, and what a layout throws.
  init(schema yaml: String, rows: [[String?]?]) throws {
    schema = try Schema.parse(yaml: yaml, source: "vector")
    let columns = schema.columns.filter { $0.protection != .drop }
    self.columns = columns
    records = try rows.enumerated().map { line, row in
      try row.map { try SampleTable.record($0, columns, line: line + 1) }
    }
    layout = try TableLayout(
      schema: schema, parameters: SampleTable.parameters(schema), paillierBits: 2048)
    encoder = TableEncoder(
      layout: layout, publicKey: Digest.of([], domain: VectorCheck.digestDomain))
    encoded = encoder.encode(records.compactMap { $0 })
  }

  private static func record(
    _ row: [String?], _ columns: [Column], line: Int
  ) throws(SampleError) -> ClaimRecord {
    guard row.count == columns.count else { throw .unknownColumn("\(row.count)") }
    var cells: [CellValue] = []
    for (column, text) in zip(columns, row) { cells.append(try column.sampleValue(text)) }
    return ClaimRecord(line: line, cells: cells)
  }

  /// The largest plaintext modulus in the smallest ring: the slots are in clear.
  private static func parameters(_ schema: Schema) throws -> EncryptionParameters? {
    guard schema.columns.contains(where: { $0.protection == .encrypted }) else { return nil }
    return try .insecureForTesting(
      degree: 8, plaintextModulus: 562_949_953_421_201, ciphertextModuli: [97], specialModulus: 113)
  }

  /// The slots of a plan over the table.
  func slots(of plan: Plan) throws(QueryError) -> PlanSlots {
    try PlanSlots(plan, schema: schema, stored: stored, cell: cell)
  }

  /// How many slots there are.
  var slotCount: Int { records.count }

  /// Whether the slot holds a record.
  func isOccupied(_ slot: Int) -> Bool { records[slot] != nil }

  private func stored(_ column: LatticeColumn) -> [Int64] {
    var values = encoder.slotValues(column, encoded)[...]
    return records.map { $0 == nil ? 0 : values.popFirst() ?? 0 }
  }

  /// The text of a clear column's cell.
  func cell(_ name: String, _ slot: Int) -> String? {
    guard let index = columns.firstIndex(where: { $0.name == name }),
      case .text(let text)? = records[slot]?.cells[index]
    else { return nil }
    return text
  }
}

extension SampleTable {
  /// In how many limbs a lattice total is computed.
  func limbCount(of total: TotalSpecification) -> Int {
    total.summedValue.map(layout.limbCount) ?? 1
  }

  /// The total whose limbs have these sums.
  func value(ofLimbSums sums: [Int64], of total: TotalSpecification) -> BigInteger {
    let encoding = total.summedValue.flatMap(layout.encoding)
    return encoding?.value(ofLimbSums: sums) ?? BigInteger(sums.first ?? 0)
  }

  /// A Paillier total over some slots: their filters and groups are clear.
  func paillierTotal(
    _ total: TotalSpecification, of plan: Plan, slots: [Int]
  ) throws -> BigInteger {
    var sum = BigInteger()
    for slot in slots {
      guard let record = records[slot], try holds(plan.paillierFilter, slot),
        try holds(plan.slices[total.slice], slot)
      else { continue }
      switch total.measure {
      case .records: sum += 1
      case .present(let name): sum += cell(named: name, of: record) == .null ? 0 : 1
      case .value(let value):
        if case .number(let number)? = cell(named: value.columns[0], of: record) {
          sum += BigInteger(number)
        }
      case .personBucket: continue
      }
    }
    return sum
  }

  private func cell(named name: String, of record: ClaimRecord) -> CellValue? {
    columns.firstIndex { $0.name == name }.map { record.cells[$0] }
  }

  private func holds(_ predicate: Predicate?, _ slot: Int) throws(QueryError) -> Bool {
    guard let predicate else { return true }
    return try ClearPredicate.isTrue(predicate, cells: { cell($0, slot) }, schema: schema)
  }

  private func holds(_ condition: Condition, _ slot: Int) throws(QueryError) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .clear(let predicate): return try holds(predicate, slot)
    case .encrypted: return false
    case .all(let operands):
      for operand in operands where try !holds(operand, slot) { return false }
      return true
    case .any(let operands):
      for operand in operands where try holds(operand, slot) { return true }
      return false
    }
  }
}
