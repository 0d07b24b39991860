/// The texts that mean NULL in a source.
package struct NullTokens: Hashable, Sendable {
  private let tokens: Set<[UInt8]>
  private let longest: Int

  /// Empty text, and what databases and spreadsheets write for it.
  package static let standard = ["", "NULL", "NA", "N/A", "-", "\\N"]

  package init(_ texts: [String] = NullTokens.standard) {
    tokens = Set(texts.map { Array($0.utf8) })
    longest = tokens.map(\.count).max() ?? -1
  }

  /// Whether a cell without the white space around it is NULL.
  package func contains(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.count <= longest && tokens.contains(Array(cell))
  }
}
