import ClaimSchema

/// A claims file with what its schema has SQLite calculate before encryption: `sql:` columns, each
/// over its record, and the rows of a `prepare:` query over the whole file.
///
/// Everything happens in memory, and SQL from a schema may read the tables that it is given and do
/// nothing else.
public final class PreparedClaims {
  /// The file's name as it was given.
  package let path: String
  private let schema: Schema
  private let options: ReadingOptions
  private let file: WholeFile?

  /// Loads the file if the schema has a `prepare:` query; otherwise nothing is read yet.
  ///
  /// - Parameters:
  ///   - path: a claims file of any `ClaimFormat`, packed by gzip or not.
  ///   - options: `companions` names the files of the tables that the schema lists under `with:`.
  /// - Throws: `ClaimReadError`.
  public init(
    path: String, schema: Schema, options: ReadingOptions = ReadingOptions()
  ) throws(ClaimReadError) {
    let known = schema.reading.preparation?.companions ?? []
    if let name = options.companions.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownCompanion(source: path, name: name, known: known)
    }
    self.path = path
    self.schema = schema
    self.options = options
    if let preparation = schema.reading.preparation {
      file = try WholeFile(preparation, path: path, schema: schema, options: options)
    } else {
      file = nil
    }
  }

  /// A reader at the first record. Readers of one file give the same records.
  ///
  /// - Throws: `ClaimReadError`.
  public func reader() throws(ClaimReadError) -> ClaimReader {
    var records: any RecordSource
    if let file {
      records = try PreparedRows(file)
    } else {
      records = try SourceOpening.open(
        path: path, rules: schema.reading, wanted: schema.wantedNames, options: options)
    }
    if schema.columns.contains(where: { $0.reading.expression != nil }) {
      records = try ComputedColumns(records, schema: schema)
    }
    return try ClaimReader(records, schema: schema)
  }
}
