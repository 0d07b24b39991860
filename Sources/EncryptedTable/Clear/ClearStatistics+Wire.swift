import Wire

extension ClearStatistics {
  package var encoded: [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt32(clamping: recordCount))
    writer.append(UInt32(clamping: nullCount))
    writer.append(order.rawValue)
    writer.append(bounds != nil)
    if let bounds {
      writer.append(string: bounds.least)
      writer.append(string: bounds.greatest)
    }
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

  package init(encoded: [UInt8], source: String) throws(WireError) {
    var reader = BoundedReader(encoded[...], source: source)
    recordCount = Int(try reader.readUInt32(field: "record count"))
    nullCount = try reader.readCount(atMost: recordCount, field: "NULL count")
    guard let order = ClearOrder(rawValue: try reader.readUInt8(field: "order of values")) else {
      throw reader.invalid(field: "order of values", problem: "there is no such order")
    }
    self.order = order
    if try reader.readBool(field: "whether there are bounds") {
      bounds = Bounds(
        least: try ClearStatistics.value(from: &reader),
        greatest: try ClearStatistics.value(from: &reader))
    }
    if try reader.readBool(field: "whether values are listed") {
      let count = try reader.readCount(
        atMost: ClearStatistics.maximumValueCount, field: "value count")
      var counts: [ValueCount] = []
      for _ in 0..<count {
        counts.append(
          ValueCount(
            value: try ClearStatistics.value(from: &reader),
            count: try reader.readCount(atMost: recordCount, field: "records of a value")))
      }
      valueCounts = counts
    }
    try reader.finish()
  }

  private static func value(from reader: inout BoundedReader) throws(WireError) -> String {
    try reader.readString(limit: maximumValueByteCount, field: "value")
  }

  /// The statistics of a column's segments in a chunk, as the catalogue holds them.
  init(
    of segments: some Collection<StoredPart>, chunk: Int, path: String
  ) throws(TableError) {
    var statistics: [ClearStatistics] = []
    for segment in segments {
      let place = segment.place(chunk: chunk)
      do throws(WireError) {
        let decoded = try ClearStatistics(encoded: segment.statistics, source: place)
        statistics.append(decoded)
      } catch { throw .damaged(path: path, part: place, reason: error.description) }
    }
    self.init(joining: statistics)
  }
}
