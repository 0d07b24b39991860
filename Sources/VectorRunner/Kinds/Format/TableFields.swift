import ClaimQuery
import EncryptedTable
import SecureMemory

/// A table as answers and ledgers name it.
struct TableFields: Decodable, Sendable {
  let identifier: HexBytes
  let snapshot: HexBytes
  let records: Int
  let largestPersonCount: Int?

  /// - Throws: ``VectorMismatch`` when the vector names no table.
  func reference() throws(VectorMismatch) -> TableReference {
    guard let identifier = TableIdentifier(bytes: identifier.bytes),
      let snapshot = Digest(bytes: snapshot.bytes)
    else { throw VectorMismatch(field: "tables", expected: "16 and 32 bytes", found: "others") }
    return TableReference(
      identifier: identifier, snapshot: snapshot, recordCount: records,
      largestPersonCount: largestPersonCount)
  }
}
