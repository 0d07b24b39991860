/// One chunk of a table: the records that share ciphertexts, one in each slot.
package struct TableChunk: Hashable, Sendable {
  /// The number of the chunk, from 0.
  package var index: Int
  /// The slots that each fresh ciphertext filled, in order and without gap from 0: every ciphertext
  /// of the chunk is the sum of this many fresh ones.
  package var appends: [Range<Int>]
  /// How many of its records are deleted; `EncryptedTable.deletedSlots(chunk:)` says which.
  package var deleted: Int

  /// The most fresh ciphertexts that a stored one is the sum of; the noise model counts on it.
  package static let maximumAppendCount = 64

  package init(index: Int, appends: [Range<Int>], deleted: Int = 0) {
    self.index = index
    self.appends = appends
    self.deleted = deleted
  }

  /// The slots that hold a record, deleted ones included: 0 to `occupied` - 1.
  package var occupied: Int { appends.last?.upperBound ?? 0 }
  /// The records that are not deleted.
  package var live: Int { occupied - deleted }

  /// The slots that an append may fill; none when the chunk is full, or was appended to as often as the
  /// noise model allows.
  package func freeSlots(of slotsPerChunk: Int) -> Range<Int> {
    let isOpen = appends.count < TableChunk.maximumAppendCount
    return occupied..<(isOpen ? max(occupied, slotsPerChunk) : occupied)
  }
}
