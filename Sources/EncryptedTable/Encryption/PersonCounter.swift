import SecureMemory

/// Finds the most records that one person has in a source.
///
/// Of each person it keeps 16 bytes of a hash under a random key that is used for this alone and never
/// written, and a count. Two persons with one hash, which is as good as impossible, would count as one
/// with the records of both.
struct PersonCounter {
  private struct Tag: Hashable {
    var low: UInt64
    var high: UInt64
  }

  /// The most persons of one source, so that memory stays bounded.
  static let maximumPersonCount = 12_000_000

  /// A digest that has taken the key and nothing else. It wipes what it knows of the key.
  private let keyed: DigestStream
  private var counts: [Tag: Int] = [:]
  private(set) var largest = 0

  init() {
    var random = SystemRandomSource()
    var key = random.bytes(32)
    keyed = DigestStream(domain: "cryptally.person.count", key: key)
    key.wipe()
  }

  /// Counts a record; false when there are too many persons.
  mutating func add(_ person: String) -> Bool {
    var stream = keyed
    stream.update(Array(person.utf8))
    let bytes = stream.finalize().bytes
    let words = bytes.withUnsafeBytes { bytes in
      [0, 8].map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self) }
    }
    let tag = Tag(low: words[0], high: words[1])
    let count = counts[tag, default: 0] + 1
    guard count > 1 || counts.count < PersonCounter.maximumPersonCount else { return false }
    counts[tag] = count
    largest = max(largest, count)
    return true
  }
}
