import SecureMemory

/// Why a ledger is not trusted or cannot be written. Then no answer is opened.
public enum LedgerError: Error, Hashable, Sendable {
  /// There is no head: nobody could tell whether the ledger was rolled back.
  case headMissing(head: String)
  /// The head is not sealed by this secret key, or it was altered.
  case headAltered(head: String)
  /// The head counts entries, and there is no ledger.
  case ledgerMissing(ledger: String, head: String, entries: Int)
  /// The ledger has fewer entries than its head counts.
  case rolledBack(ledger: String, head: String, entries: Int, expected: Int)
  /// The entry that the head names last is another one.
  case headMismatch(ledger: String, head: String, entry: Int)
  /// The ledger has more entries than a crash can leave behind its head.
  case aheadOfHead(ledger: String, head: String, entries: Int, expected: Int)
  /// The ledger belongs to another public key.
  case otherKey(ledger: String, expected: Digest, found: Digest)
  /// An entry's signature is not the custodian's.
  case badSignature(ledger: String, entry: Int)
  /// An entry does not follow the one before it.
  case brokenChain(ledger: String, entry: Int)
  /// An entry is cut short.
  case cutShort(ledger: String, entry: Int)
  /// An entry is larger than any that is written, or cannot be encoded.
  case entryTooLarge(ledger: String, entry: Int)
}

extension LedgerError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .headMissing(let head):
      "\(head): there is no such file, and without it a ledger that was rolled back would not be "
        + "noticed: restore it, or begin a new ledger with `ledger start`"
    case .headAltered(let head):
      "\(head): it is not sealed by this secret key, or it was altered"
    case .ledgerMissing(let ledger, let head, let entries):
      "\(ledger): there is no such file, but \(head) counts \(entries) entries: restore the ledger"
    case .rolledBack(let ledger, let head, let entries, let expected):
      "\(ledger) has \(entries) entries, \(head) counts \(expected): the ledger was rolled back or "
        + "exchanged; restore it"
    case .headMismatch(let ledger, let head, let entry):
      "\(ledger): entry \(entry) is not the one that \(head) names: the ledger was altered or "
        + "exchanged; restore it"
    case .aheadOfHead(let ledger, let head, let entries, let expected):
      "\(ledger) has \(entries) entries, \(head) counts \(expected): the head was rolled back; "
        + "restore it"
    case .otherKey(let ledger, let expected, let found):
      "\(ledger) belongs to the public key \(found), not to \(expected)"
    case .badSignature(let ledger, let entry):
      "\(ledger): entry \(entry) is not signed by the custodian: the ledger was altered"
    case .brokenChain(let ledger, let entry):
      "\(ledger): entry \(entry) does not follow the one before it: the ledger was altered"
    case .cutShort(let ledger, let entry):
      "\(ledger): entry \(entry) is cut short: restore the ledger"
    case .entryTooLarge(let ledger, let entry):
      "\(ledger): entry \(entry) is larger than an entry may be"
    }
  }
}
