public import BigInteger

extension RecordPacking {
  /// The plaintexts of one record, one for each block.
  ///
  /// - Parameter values: one for each measure, in their order; nil for NULL.
  /// - Throws: ``PackingError`` that names the measure, never its value.
  public func pack(_ values: [Int64?]) throws(PackingError) -> [BigInteger] {
    guard values.count == measures.count else {
      throw .valueCount(found: values.count, expected: measures.count)
    }
    for (measure, value) in zip(measures, values) {
      if let value {
        guard measure.range.contains(value) else { throw .valueOutOfRange(name: measure.name) }
      } else {
        guard measure.isNullable else { throw .unexpectedNull(name: measure.name) }
      }
    }
    // The record count is the highest field and 1 in every record, so all plaintexts of a block have
    // the same number of limbs and their size tells nothing.
    let limbCount = (modulusBitCount + UInt.bitWidth - 1) / UInt.bitWidth
    var blocks = [[UInt]](
      repeating: [UInt](repeating: 0, count: limbCount), count: blockCount)
    for field in fields {
      let content: UInt64
      switch field.content {
      case .value(let index):
        content = UInt64(
          bitPattern: (values[index] ?? measures[index].range.lowerBound)
            &- measures[index].range.lowerBound)
      case .flag(let index):
        content = values[index] == nil ? 0 : 1
      case .recordCount:
        content = 1
      }
      RecordPacking.write(UInt(content), at: field.bitOffset, into: &blocks[field.block])
    }
    return blocks.map { BigInteger(limbs: $0) }
  }

  /// Writes a word at any bit; the bits there are 0 before.
  private static func write(_ word: UInt, at bitOffset: Int, into limbs: inout [UInt]) {
    let (limb, shift) = (bitOffset / UInt.bitWidth, UInt(bitOffset % UInt.bitWidth))
    limbs[limb] |= word << shift
    if shift > 0, limb + 1 < limbs.count {
      limbs[limb + 1] |= word >> (UInt(UInt.bitWidth) - shift)
    }
  }
}
