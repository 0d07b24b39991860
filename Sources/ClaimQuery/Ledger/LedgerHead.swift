import ClaimKeys
import SecureMemory
import Wire

/// How many entries the ledger must have and the digest of the last one. It is sealed under a key that
/// follows from the custodian's signing key, so nobody else can set it back to fewer.
///
/// Whoever can put back both an old ledger and its old head is not noticed: keep a copy of the count, or
/// the head, elsewhere.
package struct LedgerHead: Hashable, Sendable {
  package let entryCount: Int
  /// Of the last entry; of the ledger's beginning, or of nothing yet, when there is none.
  package let lastDigest: Digest

  private static let version: UInt16 = 1
  private static let domain = "Cryptally ledger head"

  /// Before there is a ledger.
  static let empty = LedgerHead(entryCount: 0, lastDigest: Digest.of([], domain: domain))

  func sealed(by keys: SecretKeySet) -> [UInt8] {
    var source = SystemRandomSource()
    return sealed(by: keys, insecureForTesting: &source)
  }

  /// Sealed with the nonce that a source gives.
  package func sealed(
    by keys: SecretKeySet, insecureForTesting source: inout some RandomSource
  ) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt64(entryCount))
    writer.append(lastDigest)
    return Envelope.seal(
      kind: .ledgerHead, version: LedgerHead.version, isTesting: keys.publicKeys.isTesting,
      parameterFingerprint: keys.layout.fingerprint, keyFingerprint: keys.publicKeys.fingerprint,
      payload: KeyedBox.seal(
        writer.bytes, key: keys.signingKey.derivedKey(domain: LedgerHead.domain),
        associatedData: keys.publicKeys.fingerprint.bytes, insecureForTesting: &source))
  }

  init(entryCount: Int, lastDigest: Digest) {
    self.entryCount = entryCount
    self.lastDigest = lastDigest
  }

  /// Opens a head.
  ///
  /// - Throws: `WireError`, `LedgerError.headAltered`.
  package init(sealed bytes: [UInt8], by keys: SecretKeySet, source: String) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .ledgerHead, source: source, allowsTesting: keys.publicKeys.isTesting)
    guard
      let message = KeyedBox.open(
        envelope.payload, key: keys.signingKey.derivedKey(domain: LedgerHead.domain),
        associatedData: keys.publicKeys.fingerprint.bytes)
    else { throw LedgerError.headAltered(head: source) }
    var reader = BoundedReader(message[...], source: source)
    let count = try reader.readUInt64(field: "number of entries")
    lastDigest = try reader.readDigest(field: "digest of the last entry")
    try reader.finish()
    guard let entryCount = Int(exactly: count) else {
      throw LedgerError.headAltered(head: source)
    }
    self.entryCount = entryCount
  }
}
