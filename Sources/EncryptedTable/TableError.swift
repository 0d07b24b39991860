/// Why a table cannot be made, opened, read or written. Every case names the file; none holds a
/// value of the table.
public enum TableError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// The file exists and is not to be overwritten.
  case alreadyExists(path: String)
  /// The file is something else.
  case notATable(path: String, reason: String)
  /// The table was written by another version of the format.
  case unsupportedVersion(path: String, found: Int, supported: Int)
  /// The table was made with keys without security, and these are not accepted here.
  case testingOnly(path: String)
  /// The file was cut or altered; `part` says where.
  case damaged(path: String, part: String, reason: String)
  /// The table was changed while it was read.
  case changedWhileReading(path: String)
  /// The table has no such chunk, or the chunk no such column.
  case noSuchColumn(path: String, column: String, chunk: Int)
  /// The table was made for another key, other parameters or another schema.
  case mismatch(path: String, field: String, table: String, given: String)
  /// Another process or task is changing the table.
  case writerRunning(path: String)
  /// The source was already added to the table.
  case sourceAlreadyTaken(path: String)
  /// Records of another source are staged and were never published.
  case otherSourceUnfinished(path: String, records: Int)
  /// More records than the schema's capacity.
  case overCapacity(path: String, capacity: Int, records: Int)
  /// More persons than can be counted in one source.
  case tooManyPersons(path: String, limit: Int)
  /// The journal beside the table was cut or altered.
  case journalDamaged(path: String, reason: String)
  /// What is to be staged does not fit the table.
  case invalidBatch(path: String, reason: String)
  /// The file cannot be made.
  case cannotCreate(path: String, reason: String)
  /// The file cannot be written.
  case cannotWrite(path: String, reason: String)
  /// The file cannot be read.
  case cannotRead(path: String, reason: String)

  /// What an error means for the exit code of a command.
  public enum Category: Hashable, Sendable {
    /// The data is bad, or does not belong together.
    case badData
    /// An input is missing or unreadable.
    case missingInput
    /// An output cannot be made or written.
    case cannotCreate
  }

  /// The kind of failure.
  public var category: Category {
    switch self {
    case .missing, .cannotRead: .missingInput
    case .alreadyExists, .writerRunning, .cannotCreate, .cannotWrite: .cannotCreate
    default: .badData
    }
  }
}

extension TableError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such table"
    case .alreadyExists(let path):
      "\(path): the table exists; add to it with --append, or choose another name"
    case .notATable(let path, let reason):
      "\(path): not a Cryptally table: \(reason)"
    case .unsupportedVersion(let path, let found, let supported):
      "\(path): table format version \(found); this program reads version \(supported)"
    case .testingOnly(let path):
      "\(path): made for tests, without security; it is not accepted here"
    case .damaged(let path, let part, let reason):
      "\(path): \(part): \(reason); the file was cut or altered: copy it again from its source"
    case .changedWhileReading(let path):
      "\(path): it was changed while it was read; run the command again"
    case .noSuchColumn(let path, let column, let chunk):
      "\(path): chunk \(chunk) holds no column '\(column)'"
    case .mismatch(let path, let field, let table, let given):
      "\(path): \(field) of the table is \(table), but \(given) was given; "
        + "use the key and schema that the table was made with"
    case .writerRunning(let path):
      "\(path): another process is changing it; wait until it is done"
    case .sourceAlreadyTaken(let path):
      "\(path): this source was already added; pass --again to add its records once more"
    case .otherSourceUnfinished(let path, let records):
      "\(path): an interrupted run over another source left \(records) records unpublished; "
        + "run it again to finish it, or pass --discard-unfinished to drop them"
    case .overCapacity(let path, let capacity, let records):
      "\(path): \(records) records would exceed the schema's capacity of \(capacity)"
    case .tooManyPersons(let path, let limit):
      "\(path): records of more than \(limit) persons; encrypt it in several files, and keep the "
        + "records of one person together"
    case .journalDamaged(let path, let reason):
      "\(path): \(reason); the journal was altered. Delete it to go on: unpublished records are "
        + "then dropped, and sources that were added before are no longer recognised"
    case .invalidBatch(let path, let reason):
      "\(path): the records cannot be staged: \(reason)"
    case .cannotCreate(let path, let reason):
      "\(path): cannot be created: \(reason)"
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .cannotRead(let path, let reason):
      "\(path): cannot be read: \(reason)"
    }
  }
}
