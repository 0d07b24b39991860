/// Gives the records of a claims file one by one, whatever its format.
package protocol RecordSource: AnyObject {
  /// The name that errors give to the file.
  var source: String { get }
  /// The names of the columns; cells are found by their place here.
  var headers: [String] { get }
  /// The names of the columns that were calculated from the others.
  var computedHeaders: [String] { get }
  /// Whether the records come out of the schema's `prepare:` query.
  var isPrepared: Bool { get }
  /// How rejected records are written down.
  var rejects: RejectsFormat { get }
  /// How many things of other kinds were passed over, by kind.
  var ignored: [String: Int] { get }
  /// The next row; nil at the end. A malformed row does not stop the source.
  func next() throws(ClaimReadError) -> RawRow?
}

extension RecordSource {
  package var computedHeaders: [String] { [] }
  package var isPrepared: Bool { false }
  package var ignored: [String: Int] { [:] }
}
