import SecureMemory

/// Why tables cannot be queried together, or an answer is not opened.
public enum AnswerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No table was given.
  case noTables
  /// A table, or a copy of it, was given twice.
  case sameTableTwice(String, String)
  /// The tables together hold more records than the schema's capacity.
  case overCapacity(records: Int, capacity: Int)
  /// The answer was made under another key.
  case otherKey(expected: Digest, found: Digest)
  /// The answer was made for tables of another layout.
  case otherLayout(expected: Digest, found: Digest)
  /// The server that signed the answer is not pinned in the secret key.
  case serverNotPinned(Digest)
  /// The signature does not cover what the answer holds.
  case badSignature
  /// The query in the answer is not what it was planned as.
  case planMismatch
  /// A part of the answer does not fit the plan of its query.
  case malformed(part: String)
  /// Opened, and found to be nothing that an honest evaluation gives. There is no further reason.
  case refused

  /// What was wrong; of a refused answer, nothing more than that.
  public var description: String {
    switch self {
    case .noTables:
      "no table was given"
    case .sameTableTwice(let a, let b):
      "\(a) and \(b) are the same table or copies of it: records would count twice"
    case .overCapacity(let records, let capacity):
      "the tables hold \(records) records together; the schema's capacity is \(capacity)"
    case .otherKey(let expected, let found):
      "the answer belongs to the public key \(found), this secret key to \(expected)"
    case .otherLayout(let expected, let found):
      "the answer belongs to tables of layout \(found), this secret key to \(expected)"
    case .serverNotPinned(let fingerprint):
      "the answer is signed by the server key \(fingerprint), which is not pinned in the secret "
        + "key; if it is trusted, pin it with `keys pin`"
    case .badSignature:
      "the answer's signature is not valid: the answer was altered"
    case .planMismatch:
      "the answer's plan is not that of its query under this key's schema"
    case .malformed(let part):
      "the answer's \(part) does not fit its query"
    case .refused:
      "refused"
    }
  }
}
