import GRDB
import SecureMemory

/// Decides how an ingest begins, and brings table and journal to the state where it can.
struct IngestOpening {
  let files: TableFiles
  let lock: WriterLock
  let queue: DatabaseQueue
  let head: TableHead
  private(set) var start: Ingest.Start
  private(set) var token: IngestToken
  private(set) var ingestIdentifier: Int64
  /// The live data and what the ingest has staged before.
  private(set) var catalog: TableCatalog

  init(
    _ files: TableFiles, lock: WriterLock, description: TableDescription, source: SourceIdentity,
    admitting size: (records: Int, capacity: Int), largestPersonCount: Int?,
    options: IngestOptions
  ) throws(TableError) {
    let path = files.shown
    self.files = files
    self.lock = lock
    try files.requireTable()
    let queue = try TableConnection.writer(of: files)
    self.queue = queue
    head = try mappingErrors(path: path, part: "header") {
      try queue.read { try TableHead.load($0, files: files, allowsTesting: description.isTesting) }
    }
    if let difference = head.description.difference(from: description) {
      throw .mismatch(
        path: path, field: difference.field, table: difference.own, given: difference.other)
    }
    catalog = head.catalog
    ingestIdentifier = 0

    var journal = try IngestJournal.load(files, description: head.description)
    let known = try mappingErrors(path: path, part: "list of ingests") {
      try queue.read { try StoredIngest.all($0, path: path) }
    }
    let live = Set(known.lazy.filter(\.isLive).map(\.token))
    let tag = journal.tag(of: source, schemaText: description.schemaText)

    let readingTag = journal.readingTag(of: source)

    let unfinished = journal.entries.filter { !$0.isFinished }
    if let own = unfinished.first(where: { $0.source == tag && $0.reading == readingTag }) {
      token = own.token
      start = live.contains(own.token) ? .complete : .fresh
    } else {
      try IngestOpening.admit(
        tag, journal: journal, known: known, hasPublished: head.publication > 0, path: path,
        options: options)
      token = .random()
      start = .fresh
      journal.entries.append(
        .init(source: tag, reading: readingTag, token: token, isFinished: false))
    }
    let records = head.catalog.recordCount + size.records
    guard start == .complete || records <= size.capacity else {
      throw .overCapacity(path: path, capacity: size.capacity, records: records)
    }
    let current = token
    journal.entries = journal.entries.compactMap { entry in
      var entry = entry
      if entry.token == current { return entry }
      // An entry that the table does not know says nothing: what it named was dropped, or the table
      // is an older copy.
      entry.isFinished = true
      return live.contains(entry.token) ? entry : nil
    }
    try journal.save(files, description: head.description)
    if start == .complete { return }

    // The journal names the ingest before the table knows it; a kill in between costs nothing.
    let stale = known.filter { !$0.isLive && $0.token != current }.map(\.id)
    let own = known.first { $0.token == current }?.id
    (ingestIdentifier, catalog) = try mappingErrors(
      path: path, part: "list of ingests"
    ) {
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          for id in stale { try StoredIngest.delete(database, id: id) }
          if own == nil {
            try StoredIngest.insert(
              database, token: current, largestPersonCount: largestPersonCount)
          }
          return .commit
        }
        let id = own ?? database.lastInsertedRowID
        return (id, try TableCatalog.load(database, withPendingOf: id, path: path))
      }
    }
    let staged = catalog.recordCount - head.catalog.recordCount
    if staged > 0 { start = .resumed(stagedRecords: staged) }
  }

  /// Throws unless a new ingest over this source may begin.
  private static func admit(
    _ tag: Digest, journal: IngestJournal, known: [StoredIngest], hasPublished: Bool, path: String,
    options: IngestOptions
  ) throws(TableError) {
    let taken = journal.entries.contains { entry in
      entry.source == tag && known.contains { $0.isLive && $0.token == entry.token }
    }
    guard !taken || options.again else { throw .sourceAlreadyTaken(path: path) }
    guard options.appends || !hasPublished else { throw .alreadyExists(path: path) }
    // Without a journal nobody can go on with what is staged, so it does not stand in the way.
    let named = Set(journal.entries.map(\.token))
    let records = known.filter { !$0.isLive && named.contains($0.token) }
      .reduce(0) { $0 + $1.recordCount }
    guard records == 0 || options.discardsUnfinished else {
      throw .otherSourceUnfinished(path: path, records: records)
    }
  }
}
