import SecureMemory

/// Why keys cannot be made, or do not fit what they are used with.
public enum KeyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No column of the schema is encrypted or under Paillier.
  case nothingProtected
  /// A column's values times the capacity are beyond every plaintext modulus.
  case valuesTooLarge(column: String)
  /// `minimum_cohort: 1` without the explicit wish for it.
  case suppressionNotWaived
  /// Two things that must belong to one schema and one set of parameters do not.
  case schemaMismatch(what: String, expected: Digest, found: Digest)
  /// Two things that must belong to one public key do not.
  case keyMismatch(what: String, expected: Digest, found: Digest)
  /// The public key is not the one whose fingerprint was expected.
  case unexpectedFingerprint(expected: Digest, found: Digest)
  /// The signature over a key file is not the custodian's.
  case badSignature(source: String)
  /// The file lacks a part that its others need, or has one that does not belong to them.
  case inconsistent(source: String, part: String)
  /// The server key is pinned already.
  case alreadyPinned(Digest)
  /// More server keys than a key file holds.
  case tooManyPinnedKeys(limit: Int)

  /// What was wrong with which key, and what to do.
  public var description: String {
    switch self {
    case .nothingProtected:
      "the schema protects no column: give at least one `protect: encrypted` or "
        + "`protect: paillier`"
    case .valuesTooLarge(let column):
      "the sums of column \(column) could exceed every plaintext modulus: lower its range or the "
        + "capacity"
    case .suppressionNotWaived:
      "the schema's minimum_cohort is 1, so single records could be released: raise it, or pass "
        + "--no-suppression to make such a key on purpose"
    case .schemaMismatch(let what, let expected, let found):
      "\(what) does not fit: schema and parameters \(expected) are needed, these are \(found)"
    case .keyMismatch(let what, let expected, let found):
      "\(what) belongs to another public key: needed \(expected), found \(found)"
    case .unexpectedFingerprint(let expected, let found):
      "the public key's fingerprint is \(found), expected was \(expected): do not encrypt with it "
        + "before its origin is cleared up"
    case .badSignature(let source):
      "\(source): the custodian's signature is not valid: the file was altered"
    case .inconsistent(let source, let part):
      "\(source): \(part) does not fit the rest of the file"
    case .alreadyPinned(let fingerprint):
      "the server key \(fingerprint) is pinned already"
    case .tooManyPinnedKeys(let limit):
      "at most \(limit) server keys can be pinned"
    }
  }
}
