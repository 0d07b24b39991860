import Wire

/// What a clear column holds in one chunk, as far as it helps to skip the chunk or to spare a mask.
package struct ClearStatistics: Hashable, Sendable {
  package var recordCount: Int
  package var nullCount: Int
  /// How many records hold each value, ascending by the values' bytes; nil when the values are many
  /// or long.
  package var valueCounts: [ValueCount]?

  package struct ValueCount: Hashable, Sendable {
    package var value: String
    package var count: Int
  }

  /// The most distinct values that are listed.
  package static let maximumValueCount = 16
  /// The most bytes of a value that is listed.
  package static let maximumValueByteCount = 256

  init(recordCount: Int, nullCount: Int, valueCounts: [ValueCount]?) {
    self.recordCount = recordCount
    self.nullCount = nullCount
    self.valueCounts = valueCounts
  }

  init(of cells: ClearCells) {
    recordCount = cells.count
    var counts = [Int](repeating: 0, count: cells.values.count + 1)
    for code in cells.codes { counts[Int(code)] += 1 }
    nullCount = counts[0]
    let isShort = cells.values.allSatisfy {
      $0.utf8.count <= ClearStatistics.maximumValueByteCount
    }
    guard cells.values.count <= ClearStatistics.maximumValueCount, isShort else {
      valueCounts = nil
      return
    }
    valueCounts = zip(cells.values, counts.dropFirst()).map(ValueCount.init)
  }

  /// The statistics of several runs of slots together.
  init(joining segments: [ClearStatistics]) {
    recordCount = segments.reduce(0) { $0 + $1.recordCount }
    nullCount = segments.reduce(0) { $0 + $1.nullCount }
    var sums: [ExactText: Int] = [:]
    for segment in segments {
      guard let counts = segment.valueCounts else {
        valueCounts = nil
        return
      }
      for entry in counts { sums[ExactText(entry.value), default: 0] += entry.count }
    }
    guard sums.count <= ClearStatistics.maximumValueCount else {
      valueCounts = nil
      return
    }
    valueCounts = sums.sorted { $0.key < $1.key }.map {
      ValueCount(value: $0.key.text, count: $0.value)
    }
  }
}

extension ClearStatistics {
  var encoded: [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt32(clamping: recordCount))
    writer.append(UInt32(clamping: nullCount))
    writer.append(valueCounts != nil)
    if let valueCounts {
      writer.append(UInt32(clamping: valueCounts.count))
      for entry in valueCounts {
        writer.append(string: entry.value)
        writer.append(UInt32(clamping: entry.count))
      }
    }
    return writer.bytes
  }

  init(encoded: [UInt8], source: String) throws(WireError) {
    var reader = BoundedReader(encoded[...], source: source)
    recordCount = Int(try reader.readUInt32(field: "record count"))
    nullCount = try reader.readCount(atMost: recordCount, field: "NULL count")
    guard try reader.readBool(field: "whether values are listed") else {
      valueCounts = nil
      try reader.finish()
      return
    }
    let count = try reader.readCount(
      atMost: ClearStatistics.maximumValueCount, field: "value count")
    var counts: [ValueCount] = []
    for _ in 0..<count {
      let value = try reader.readString(
        limit: ClearStatistics.maximumValueByteCount, field: "value")
      counts.append(
        ValueCount(
          value: value,
          count: try reader.readCount(atMost: recordCount, field: "records of a value")))
    }
    valueCounts = counts
    try reader.finish()
  }
}
