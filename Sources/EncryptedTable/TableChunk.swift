/// One chunk of a table: the records that share ciphertexts, one in each slot.
package struct TableChunk: Hashable, Sendable {
  /// The number of the chunk, from 0.
  package var index: Int
  /// The slots that each fresh ciphertext filled, in order and without gap from 0: every ciphertext
  /// of the chunk is the sum of this many fresh ones.
  package var appends: [Range<Int>]

  /// The most fresh ciphertexts that a stored one is the sum of; the noise model counts on it.
  package static let maximumAppendCount = 64

  package init(index: Int, appends: [Range<Int>]) {
    self.index = index
    self.appends = appends
  }

  /// The slots that hold a record: 0 to `occupied` - 1.
  package var occupied: Int { appends.last?.upperBound ?? 0 }
}
