import SecureMemory
import Wire

extension LedgerEntry {
  private static let version: UInt16 = 1
  private static let textLimit = 1 << 17
  private static let cohortLimit = 1 << 20

  package func write(to writer: inout BoundedWriter) {
    writer.append(LedgerEntry.version)
    writer.append(UInt64(index))
    writer.append(time)
    writer.append(previous)
    event.write(to: &writer)
  }

  /// Reads what `write` wrote.
  ///
  /// - Throws: `WireError`.
  package init(from reader: inout BoundedReader, source: String) throws(WireError) {
    let version = try reader.readUInt16(field: "version")
    guard version == LedgerEntry.version else {
      throw .unsupportedVersion(
        source: source, found: version, supported: LedgerEntry.version...LedgerEntry.version)
    }
    let index = try reader.readNumber(field: "index")
    let time = try reader.readInt64(field: "time")
    let previous = try reader.readDigest(field: "digest of the entry before")
    let event = try LedgerEvent(
      from: &reader, textLimit: LedgerEntry.textLimit, cohortLimit: LedgerEntry.cohortLimit)
    try reader.finish()
    self.init(index: index, time: time, event: event, previous: previous)
  }
}

extension LedgerEvent {
  fileprivate func write(to writer: inout BoundedWriter) {
    switch outcome {
    case .opened: writer.append(true)
    case .refused(let reason):
      writer.append(false)
      writer.append(string: reason)
    }
    writer.append(string: query)
    writer.append(planDigest)
    EncryptedAnswer.write(tables, to: &writer)
    writer.append(string: policy)
    writer.append(UInt64(cellCount))
    writer.append(UInt64(withheldCount))
    writer.append(UInt32(cohorts.count))
    for cohort in cohorts {
      writer.append(cohort.group)
      writer.append(UInt32(cohort.aggregate))
      writer.append(cohort.count)
    }
    writer.append(budget != nil)
    if let budget {
      writer.append(budget.spentMillionths)
      writer.append(budget.leftMillionths)
    }
  }

  fileprivate init(
    from reader: inout BoundedReader, textLimit: Int, cohortLimit: Int
  ) throws(WireError) {
    outcome =
      try reader.readBool(field: "outcome")
      ? .opened : .refused(reason: reader.readString(limit: textLimit, field: "reason"))
    query = try reader.readString(limit: textLimit, field: "query")
    planDigest = try reader.readDigest(field: "plan digest")
    tables = try EncryptedAnswer.readTables(&reader)
    policy = try reader.readString(limit: textLimit, field: "policy")
    cellCount = try reader.readNumber(field: "number of cells")
    withheldCount = try reader.readNumber(field: "number of withheld cells")
    var cohorts: [LedgerCohort] = []
    for _ in 0..<(try reader.readCount(atMost: cohortLimit, field: "number of cohorts")) {
      cohorts.append(
        LedgerCohort(
          group: try reader.readDigest(field: "group"),
          aggregate: Int(try reader.readUInt32(field: "aggregate")),
          count: try reader.readInt64(field: "contributors")))
    }
    self.cohorts = cohorts
    budget =
      try reader.readBool(field: "budget flag")
      ? LedgerBudget(
        spentMillionths: reader.readInt64(field: "budget spent"),
        leftMillionths: reader.readInt64(field: "budget left")) : nil
  }
}

extension BoundedReader {
  /// Eight bytes that count something.
  fileprivate mutating func readNumber(field: String) throws(WireError) -> Int {
    guard let number = Int(exactly: try readUInt64(field: field)) else {
      throw invalid(field: field, problem: "it is too large")
    }
    return number
  }
}
