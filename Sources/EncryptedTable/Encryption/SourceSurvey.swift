import ClaimSchema
import SecureMemory

/// A first reading of a source: how many records fit, and the rejects file for those that do not.
struct SourceSurvey: ~Copyable {
  private(set) var report: ReadingReport
  private var rejects: AtomicFileStream?

  /// Reads the source to its end. With `stop` the first bad record ends it.
  ///
  /// - Throws: `RecordProblem`, `ClaimReadError`; `SecureMemoryError` when the rejects file cannot be
  ///   written; `CancellationError`.
  init(_ reader: ClaimReader, policy: BadRecordPolicy, rejectsPath: String?) throws {
    var rejects: AtomicFileStream?
    while let row = try reader.next() {
      try Task.checkCancellation()
      guard case .rejected(let problem, let raw) = row else { continue }
      guard policy == .skip else { throw problem }
      guard let rejectsPath else { continue }
      if rejects == nil {
        rejects = try AtomicFileStream(path: rejectsPath, permissions: 0o600)
        try rejects?.write(reader.rejects.header)
      }
      try rejects?.write(
        reader.rejects.row(line: problem.line, reason: problem.reason.description, raw: raw))
    }
    report = reader.report
    self.rejects = rejects
  }

  /// Gives the rejects file its name, if there is one.
  mutating func finishRejects() throws(SecureMemoryError) {
    if let rejects = rejects.take() { try rejects.finish(replacing: true) }
  }
}
