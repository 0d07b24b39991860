import GRDB
import SecureMemory
import Wire

/// What is checked first when a table is opened, in one transaction.
struct TableHead: Sendable {
  var description: TableDescription
  /// How many times records were published.
  var publication: Int64
  var snapshotDigest: Digest
  var catalog: TableCatalog

  /// Throws unless the file is a whole table: its layout, its description, and a catalogue of live
  /// data with the digest that was stored when it was published.
  static func load(
    _ database: Database, files: TableFiles, allowsTesting: Bool
  ) throws -> TableHead {
    let path = files.shown
    try TableFormat.check(database, path: path)
    try TableFormat.checkLength(database, files: files)
    let description = try self.description(
      database, path: path, allowsTesting: allowsTesting)
    let (publication, snapshot) = try state(database, path: path)
    let catalog = try TableCatalog.load(database, path: path)
    guard catalog.chunks.allSatisfy({ $0.occupied <= description.slotsPerChunk }) else {
      throw TableError.damaged(
        path: path, part: "list of chunks", reason: "a chunk has more records than slots")
    }
    guard catalog.snapshotDigest(description: description) == snapshot else {
      throw TableError.damaged(
        path: path, part: "catalogue", reason: "it does not match its digest")
    }
    return TableHead(
      description: description, publication: publication, snapshotDigest: snapshot,
      catalog: catalog)
  }

  static func state(_ database: Database, path: String) throws -> (Int64, Digest) {
    let row = try Row.fetchOne(database, sql: "SELECT publication, snapshot FROM state")
    guard let row else {
      throw TableError.damaged(path: path, part: "state", reason: "it is missing")
    }
    let fields = RowReader(row, path: path, part: "state")
    return (try fields.integer(0), try fields.digest(1))
  }

  private static func description(
    _ database: Database, path: String, allowsTesting: Bool
  ) throws -> TableDescription {
    let row = try Row.fetchOne(database, sql: "SELECT envelope FROM description")
    guard let row else {
      throw TableError.damaged(path: path, part: "description", reason: "it is missing")
    }
    let envelope = try RowReader(row, path: path, part: "description").bytes(0)
    do throws(WireError) {
      return try TableDescription(
        encoded: envelope, source: "its description", allowsTesting: allowsTesting)
    } catch {
      throw switch error {
      case .testingOnly: TableError.testingOnly(path: path)
      default: TableError.damaged(path: path, part: "description", reason: error.description)
      }
    }
  }
}
