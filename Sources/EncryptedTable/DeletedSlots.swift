/// Which slots of a chunk are deleted: at least one.
package struct DeletedSlots: Hashable, Sendable {
  /// Slot s is bit s modulo 8 of byte s / 8; the last byte is not zero.
  package let bytes: [UInt8]
  /// How many slots are deleted.
  package let count: Int

  /// Nil when there are none.
  package init?(_ slots: some Sequence<Int>) {
    var bytes: [UInt8] = []
    for slot in slots {
      while bytes.count <= slot / 8 { bytes.append(0) }
      bytes[slot / 8] |= 1 << (slot % 8)
    }
    self.init(bytes: bytes)
  }

  /// Nil unless the bytes are in the one form that these slots have.
  package init?(bytes: [UInt8]) {
    guard let last = bytes.last, last != 0 else { return nil }
    self.bytes = bytes
    count = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// Whether a slot is deleted.
  package func contains(_ slot: Int) -> Bool {
    bytes.indices.contains(slot / 8) && bytes[slot / 8] & 1 << (slot % 8) != 0
  }

  /// The deleted slots, ascending.
  package var slots: [Int] { (0..<8 * bytes.count).filter(contains) }

  /// The slot after the last deleted one.
  var end: Int { 8 * bytes.count - (bytes.last?.leadingZeroBitCount ?? 0) }

  /// These and further slots.
  func adding(_ others: [Int]) -> DeletedSlots { DeletedSlots(slots + others) ?? self }
}
