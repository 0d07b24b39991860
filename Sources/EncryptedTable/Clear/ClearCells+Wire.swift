import Wire

extension ClearCells {
  /// As stored: slots, values, then codes of 1, 2 or 4 bytes, the fewest that hold them all.
  package var encoded: [UInt8] {
    let width = ClearCells.codeByteCount(values.count)
    var writer = BoundedWriter(reservingCapacity: 64 + codes.count * width)
    writer.append(UInt32(clamping: codes.count))
    writer.append(UInt32(clamping: values.count))
    for value in values { writer.append(string: value) }
    for code in codes {
      switch width {
      case 1: writer.append(UInt8(truncatingIfNeeded: code))
      case 2: writer.append(UInt16(truncatingIfNeeded: code))
      default: writer.append(code)
      }
    }
    return writer.bytes
  }

  /// Throws unless the bytes are what `encoded` gives for this many slots.
  package init(encoded: [UInt8], slotCount: Int, source: String) throws(WireError) {
    var reader = BoundedReader(encoded[...], source: source)
    let count = try reader.readCount(atMost: slotCount, field: "slot count")
    guard count == slotCount else {
      throw .invalid(source: source, field: "slot count", problem: "it is \(count)")
    }
    let valueCount = try reader.readCount(atMost: slotCount, field: "value count")
    var values: [String] = []
    for _ in 0..<valueCount {
      let value = try reader.readString(limit: ClearCells.maximumCellByteCount, field: "value")
      if let last = values.last, ExactText(last) >= ExactText(value) {
        throw .invalid(source: source, field: "value", problem: "values are not ascending")
      }
      values.append(value)
    }
    let width = ClearCells.codeByteCount(valueCount)
    let bytes = try reader.readBytes(count: slotCount * width, field: "codes")
    try reader.finish()
    let codes = bytes.withUnsafeBytes { bytes in
      (0..<slotCount).map { slot in
        (0..<width).reduce(UInt32(0)) { $0 | UInt32(bytes[slot * width + $1]) << (8 * $1) }
      }
    }
    guard codes.allSatisfy({ $0 <= valueCount }) else {
      throw .invalid(source: source, field: "codes", problem: "a code names no value")
    }
    self.init(values: values, codes: codes)
  }

  private static func codeByteCount(_ valueCount: Int) -> Int {
    valueCount <= Int(UInt8.max) ? 1 : valueCount <= Int(UInt16.max) ? 2 : 4
  }
}
