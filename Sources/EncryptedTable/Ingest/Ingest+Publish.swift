import GRDB
import SecureMemory

extension Ingest {
  /// Makes everything that is staged visible, in one transaction, and ends the ingest.
  ///
  /// Afterwards the file is whole by itself: the write-ahead log is merged into it, and the space of
  /// replaced ciphertexts is given back.
  /// - Returns: the digest over all published data.
  @discardableResult
  package func publish() throws(TableError) -> Digest {
    try state.withLock { state throws(TableError) in
      guard state.isOpen else { throw invalid("the ingest is over") }
      guard state.batch == nil else { throw invalid("a batch is open") }
      let snapshot =
        try start == .complete ? publishedSnapshot() : commitPublication()
      // From here on the records are in. A kill before the last line is found by the next run, as an
      // unfinished entry whose ingest is live.
      try settle()
      try finishEntry()
      try end(&state)
      return snapshot
    }
  }

  /// Removes everything that is staged, and ends the ingest. A table that has never held published
  /// records is removed whole, with its journal.
  package func abandon() throws(TableError) {
    try state.withLock { state throws(TableError) in
      guard state.isOpen else { return }
      if state.batch != nil {
        try writing { try $0.rollback() }
        state.batch = nil
      }
      if start == .complete { return try end(&state) }
      let publication = try writing { try TableHead.state($0, path: path).0 }
      guard publication > 0 else {
        try end(&state, removingTable: true)
        return
      }
      try writing { database in
        try database.inTransaction(.immediate) {
          try StoredIngest.delete(database, id: ingestIdentifier)
          return .commit
        }
      }
      try settle()
      var journal = try IngestJournal.load(files, description: description)
      journal.entries.removeAll { $0.token == token }
      try journal.save(files, description: description)
      try end(&state)
    }
  }

  private func commitPublication() throws(TableError) -> Digest {
    try writing { database in
      try Publication.commit(database, of: description, path: path) { database in
        let catalog = try TableCatalog.load(
          database, withPendingOf: ingestIdentifier, path: path)
        for id in catalog.superseded {
          try database.execute(sql: "DELETE FROM blob WHERE id = ?", arguments: [id])
          try database.execute(sql: "DELETE FROM part WHERE id = ?", arguments: [id])
        }
        try database.execute(
          sql: "UPDATE ingest SET is_live = 1 WHERE id = ?", arguments: [ingestIdentifier])
      }
    }
  }

  private func publishedSnapshot() throws(TableError) -> Digest {
    try writing { try TableHead.state($0, path: path).1 }
  }

  private func settle() throws(TableError) { try writing(Publication.settle) }

  private func finishEntry() throws(TableError) {
    var journal = try IngestJournal.load(files, description: description)
    for index in journal.entries.indices where journal.entries[index].token == token {
      journal.entries[index].isFinished = true
    }
    try journal.save(files, description: description)
  }

  private func end(_ state: inout State, removingTable: Bool = false) throws(TableError) {
    state.isOpen = false
    defer { lock.release() }
    try mappingErrors(path: path, part: "staged records") { try queue.close() }
    if removingTable { TableCreation.remove(files) }
  }
}
