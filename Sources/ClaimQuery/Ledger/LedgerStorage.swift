/// Where a custodian's ledger and its head are kept. The rules of the ledger are `Ledger`'s; a storage
/// keeps bytes.
public protocol LedgerStorage: Sendable {
  /// The ledger's name in errors.
  var ledgerName: String { get }
  /// The head's name in errors.
  var headName: String { get }

  /// Calls `body` while nobody else, in this process or another, reads or writes the ledger.
  func exclusively<Result>(_ body: () throws -> Result) throws -> Result

  /// All bytes of the ledger; nil when there is none.
  func readLedger() throws -> [UInt8]?

  /// Makes a ledger where there is none.
  func createLedger(_ bytes: [UInt8]) throws

  /// Adds bytes from `offset` on, in place of whatever stands there, and returns when they would survive
  /// a loss of power.
  func append(_ bytes: [UInt8], at offset: Int) throws

  /// The bytes of the head; nil when there is none.
  func readHead() throws -> [UInt8]?

  /// Exchanges the head for another, whole or not at all, and returns when that would survive a loss of
  /// power.
  func writeHead(_ bytes: [UInt8]) throws
}
