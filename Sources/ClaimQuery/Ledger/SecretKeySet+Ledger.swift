import ClaimKeys

extension SecretKeySet {
  /// The head of a ledger without entries: what is kept beside a new secret key.
  public func makeLedgerHead() -> [UInt8] { LedgerHead.empty.sealed(by: self) }

  /// The entries of this key's ledger, checked against its head. Nothing is written.
  ///
  /// - Throws: `LedgerError`, `WireError`, and what the storage throws.
  public func ledgerChain(in storage: some LedgerStorage) throws -> LedgerChain {
    try storage.exclusively {
      guard let sealed = try storage.readHead() else {
        throw LedgerError.headMissing(head: storage.headName)
      }
      let head = try LedgerHead(sealed: sealed, by: self, source: storage.headName)
      guard let bytes = try storage.readLedger() else {
        throw LedgerError.ledgerMissing(
          ledger: storage.ledgerName, head: storage.headName, entries: head.entryCount)
      }
      return try Ledger.checked(bytes, against: head, storage, self)
    }
  }
}
