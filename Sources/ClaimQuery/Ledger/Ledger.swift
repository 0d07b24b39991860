import ClaimKeys
import SecureMemory

/// A custodian's ledger that agrees with its head, to be added to. It is used within
/// `LedgerStorage.exclusively`.
struct Ledger {
  private let storage: any LedgerStorage
  private let keys: SecretKeySet
  private(set) var chain: LedgerChain

  /// Reads the ledger and checks it against the head.
  ///
  /// - Throws: `LedgerError`, `WireError`, and what the storage throws.
  init(_ storage: some LedgerStorage, keys: SecretKeySet) throws {
    self.storage = storage
    self.keys = keys
    guard let sealed = try storage.readHead() else {
      throw LedgerError.headMissing(head: storage.headName)
    }
    let head = try LedgerHead(sealed: sealed, by: keys, source: storage.headName)
    if let bytes = try storage.readLedger() {
      chain = try Ledger.checked(bytes, against: head, storage, keys)
      // Before another entry follows, or the head would stay two behind after one more crash.
      if chain.entries.count > head.entryCount { try sealHead(of: chain) }
      return
    }
    guard head.entryCount == 0 else {
      throw LedgerError.ledgerMissing(
        ledger: storage.ledgerName, head: storage.headName, entries: head.entryCount)
    }
    let bytes = LedgerChain.beginning(publicKeys: keys.publicKeys)
    try storage.createLedger(bytes)
    chain = try Ledger.checked(bytes, against: head, storage, keys)
  }

  /// The chain of a ledger that its head does not contradict.
  static func checked(
    _ bytes: [UInt8], against head: LedgerHead, _ storage: some LedgerStorage, _ keys: SecretKeySet
  ) throws -> LedgerChain {
    let (ledger, name) = (storage.ledgerName, storage.headName)
    let chain = try LedgerChain(
      bytes, publicKeys: keys.publicKeys, source: ledger, sealedCount: head.entryCount)
    let count = chain.entries.count
    guard count >= head.entryCount else {
      throw LedgerError.rolledBack(
        ledger: ledger, head: name, entries: count, expected: head.entryCount)
    }
    // A ledger without an entry is bound to no head yet.
    guard head.entryCount == 0 || chain.digests[head.entryCount] == head.lastDigest else {
      throw LedgerError.headMismatch(ledger: ledger, head: name, entry: head.entryCount - 1)
    }
    // The head follows each entry, so a crash leaves it one behind at most.
    guard count <= head.entryCount + 1 else {
      throw LedgerError.aheadOfHead(
        ledger: ledger, head: name, entries: count, expected: head.entryCount)
    }
    return chain
  }

  /// Enters an event: when this returns, neither a crash nor a loss of power undoes it.
  ///
  /// - Throws: `LedgerError`, and what the storage throws; then the event counts as not entered.
  mutating func append(_ event: LedgerEvent, time: Int64) throws {
    var longer = chain
    let bytes = try longer.append(event, time: time, signedBy: keys)
    // The entry first: a head without its entry would look like a rollback.
    try storage.append(bytes, at: chain.byteCount)
    try sealHead(of: longer)
    chain = longer
  }

  private func sealHead(of chain: LedgerChain) throws {
    try storage.writeHead(
      LedgerHead(entryCount: chain.entries.count, lastDigest: chain.lastDigest).sealed(by: keys))
  }
}
