import SecureMemory
import Wire

/// What a part holds.
enum PartKind: Int64, Hashable, Sendable {
  /// One lattice ciphertext, over all slots of the chunk.
  case ciphertext = 0
  /// The cells of one clear column, over the slots of one batch.
  case clear = 1
  /// The Paillier ciphertexts of one block, over the slots of one batch.
  case paillier = 2
}

/// What the catalogue knows about one stored byte string.
struct StoredPart: Hashable, Sendable {
  var id: Int64
  var kind: PartKind
  /// The column's key; a Paillier block's number in decimal.
  var key: String
  var slots: Range<Int>
  var byteCount: Int
  /// For clear columns: `ClearStatistics` in bytes.
  var statistics: [UInt8]
  var digest: Digest

  /// The digest of a part's bytes, bound to the place that they belong to.
  static func digest(
    of bytes: UnsafeRawBufferPointer, kind: PartKind, key: String, chunk: Int, slots: Range<Int>,
    table: TableIdentifier
  ) -> Digest {
    var writer = BoundedWriter()
    writer.append(bytes: table.bytes)
    writer.append(kind.rawValue)
    writer.append(Int64(chunk))
    writer.append(Int64(slots.lowerBound))
    writer.append(Int64(slots.upperBound))
    writer.append(string: key)
    var stream = DigestStream(domain: "cryptally.table.part")
    stream.update(writer.bytes)
    stream.update(bytes)
    return stream.finalize()
  }
}
