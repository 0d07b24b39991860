import ClaimQuery

/// A ledger and its head in memory, to be read.
struct StoredLedger: LedgerStorage {
  static let headSource = "\(FileGroup.source).head"

  let ledger: [UInt8]
  let head: [UInt8]
  let ledgerName = FileGroup.source
  let headName = StoredLedger.headSource

  func exclusively<Result>(_ body: () throws -> Result) throws -> Result { try body() }
  func readLedger() -> [UInt8]? { ledger }
  func readHead() -> [UInt8]? { head }
  func createLedger(_ bytes: [UInt8]) throws { throw FormatRefusal("the ledger is only read") }
  func append(_ bytes: [UInt8], at offset: Int) throws {
    throw FormatRefusal("the ledger is only read")
  }
  func writeHead(_ bytes: [UInt8]) throws { throw FormatRefusal("the ledger is only read") }
}
