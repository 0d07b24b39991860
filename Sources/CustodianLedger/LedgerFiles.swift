import ClaimQuery
import Foundation
import SecureMemory

/// A ledger in files: the ledger itself wherever it is wanted, its head and a lock beside the secret key.
public struct LedgerFiles: LedgerStorage {
  /// The path of the ledger.
  public let ledgerName: String
  /// The path of the head.
  public let headName: String
  private let lockPath: String

  private static let permissions: UInt16 = 0o600
  private static let ledgerLimit = 1 << 32
  private static let headLimit = 4096

  /// The files of a secret key's ledger.
  ///
  /// - Parameters:
  ///   - secretKey: the path of the secret key.
  ///   - ledger: the path of the ledger; `ledger.log` beside the secret key when nil.
  public init(secretKey: String, ledger: String? = nil) {
    func beside(_ name: String) -> String {
      URL(fileURLWithPath: secretKey).deletingLastPathComponent().appendingPathComponent(name)
        .relativePath
    }
    ledgerName = ledger ?? beside("ledger.log")
    headName = beside("ledger.head")
    lockPath = beside("ledger.lock")
  }

  /// Calls `body` while no other process or thread holds the lock; waits for it.
  public func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try FileLock(path: lockPath)
    let result = try body()
    _ = consume lock
    return result
  }

  /// The ledger's bytes; nil when there is no such file.
  public func readLedger() throws -> [UInt8]? {
    try LedgerFiles.read(ledgerName, limit: LedgerFiles.ledgerLimit)
  }

  /// Writes a new ledger; a file of that name is left alone.
  public func createLedger(_ bytes: [UInt8]) throws {
    try AtomicFile.write(
      bytes, to: ledgerName, permissions: LedgerFiles.permissions, replacing: false)
  }

  /// Adds to the ledger and flushes it to the disk.
  public func append(_ bytes: [UInt8], at offset: Int) throws {
    try AppendedFile.write(bytes, to: ledgerName, at: offset)
  }

  /// The head's bytes; nil when there is no such file.
  public func readHead() throws -> [UInt8]? {
    try LedgerFiles.read(headName, limit: LedgerFiles.headLimit)
  }

  /// Exchanges the head.
  public func writeHead(_ bytes: [UInt8]) throws {
    try AtomicFile.write(
      bytes, to: headName, permissions: LedgerFiles.permissions, replacing: true)
  }

  private static func read(
    _ path: String, limit: Int
  ) throws(SecureMemoryError) -> [UInt8]? {
    do {
      return try AtomicFile.read(path, limit: limit)
    } catch {
      if case .noSuchFile = error { return nil }
      throw error
    }
  }
}
