import ClaimSchema
import SecureMemory

/// A first reading of a source: how many records fit, how they gather and whose they are, and the
/// rejects file for those that do not fit.
struct SourceSurvey: ~Copyable {
  private(set) var report: ReadingReport
  private(set) var clusters: ClusterCounts
  /// The most records of one person; nil when the schema names no person.
  let largestPersonCount: Int?
  private var rejects: AtomicFileStream?

  /// Reads the source to its end. With `stop` the first bad record ends it.
  ///
  /// - Throws: `RecordProblem`, `ClaimReadError`; `TableError.tooManyPersons`; `SecureMemoryError` when
  ///   the rejects file cannot be written; `CancellationError`.
  init(
    _ reader: ClaimReader, schema: Schema, person: PersonReading?, policy: BadRecordPolicy,
    rejectsPath: String?
  ) throws {
    var rejects: AtomicFileStream?
    var clusters = ClusterCounts(schema)
    var persons = person.map { _ in PersonCounter() }
    while let row = try reader.next() {
      try Task.checkCancellation()
      switch row {
      case .record(let record):
        clusters.add(record)
        guard let person else { continue }
        guard persons?.add(person.text(of: record)) ?? true else {
          throw TableError.tooManyPersons(
            path: reader.source, limit: PersonCounter.maximumPersonCount)
        }
      case .rejected(let problem, let raw):
        guard policy == .skip else { throw problem }
        guard let rejectsPath else { continue }
        if rejects == nil {
          rejects = try AtomicFileStream(path: rejectsPath, permissions: 0o600)
          try rejects?.write(reader.rejects.header)
        }
        try rejects?.write(
          reader.rejects.row(line: problem.line, reason: problem.reason.description, raw: raw))
      }
    }
    report = reader.report
    // A column that is read for the person alone is in no table.
    report.keepColumns(schema.columns.count { $0.protection != .drop })
    self.clusters = clusters
    largestPersonCount = persons?.largest
    self.rejects = rejects
  }

  /// Gives the rejects file its name, if there is one.
  mutating func finishRejects() throws(SecureMemoryError) {
    if let rejects = rejects.take() { try rejects.finish(replacing: true) }
  }
}
