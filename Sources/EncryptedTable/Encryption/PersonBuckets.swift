import ClaimSchema
import SecureMemory

/// Gives every person one of a few buckets, the same in all tables under one public key: how many
/// buckets a total touches is then a lower bound of its persons.
///
/// The key of the hash follows from the public key, because all hospitals need the same and share no
/// secret. It need not be one: buckets are stored encrypted only.
struct PersonBuckets: Sendable {
  private let count: Int
  private let key: [UInt8]

  /// Nil when the schema has no buckets.
  init?(_ schema: Schema, publicKey fingerprint: Digest) {
    guard let count = schema.person?.buckets else { return nil }
    self.count = count
    key = fingerprint.bytes
  }

  /// The bucket of a person, from 0; that of the empty text for NULL.
  func bucket(of person: String) -> Int {
    var stream = DigestStream(domain: "cryptally.person.bucket", key: key)
    stream.update(Array(person.utf8))
    // The count is a power of two up to 256: no bucket is more likely than another.
    return Int(stream.finalize().bytes[0]) % count
  }
}
