import ClaimSchema

/// What to do with a record that does not fit the schema.
public enum BadRecordPolicy: String, CaseIterable, Sendable {
  /// Keep nothing of the run.
  case stop
  /// Leave the record out and keep the rest.
  case skip
}

/// How a claims file is added to a table.
public struct EncryptionOptions: Sendable {
  /// Add to a table that exists, rather than make one.
  public var appends: Bool
  /// Take a source that the table has already.
  public var again: Bool
  /// Drop what an interrupted run over another source has left, rather than refuse.
  public var discardsUnfinished: Bool
  /// What to do with bad records.
  public var badRecords: BadRecordPolicy
  /// Where rejected records go, each with its reason; nil to drop them.
  public var rejectsPath: String?
  /// How the claims file is opened, and the files that are read beside it.
  public var reading: ReadingOptions

  /// The options; by default a new table is made and the first bad record stops the run.
  public init(
    appends: Bool = false, again: Bool = false, discardsUnfinished: Bool = false,
    badRecords: BadRecordPolicy = .stop, rejectsPath: String? = nil,
    reading: ReadingOptions = ReadingOptions()
  ) {
    self.appends = appends
    self.again = again
    self.discardsUnfinished = discardsUnfinished
    self.badRecords = badRecords
    self.rejectsPath = rejectsPath
    self.reading = reading
  }
}

/// How far an encryption is.
public struct EncryptionProgress: Hashable, Sendable {
  /// The records that are encrypted.
  public let recordsDone: Int
  /// The records that there are to encrypt.
  public let recordCount: Int
}

/// What an encryption read and stored.
public struct EncryptionReport: Hashable, Sendable {
  /// What was read and rejected, and what the columns hold.
  public let reading: ReadingReport
  /// Records of the source that are in the table now.
  public let stored: Int
  /// The most records of the source that one person has; nil when the schema names no person.
  public let largestPersonCount: Int?
  /// Whether an earlier run over the same source had done part of the work.
  public let wasResumed: Bool
}
