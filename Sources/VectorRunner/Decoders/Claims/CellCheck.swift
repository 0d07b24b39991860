import ClaimSchema

/// Cells of every type of column. The first byte chooses the column.
struct CellCheck: DecoderCheck {
  static let name = "claims.cell"
  static let refusals: [any Error.Type] = [CellProblem.self]
  static let byteLimit = 256

  private let columns: [Column]
  private let rules: ReadingRules

  init() throws {
    let schema = try DecoderFixture.shared.get().schema
    columns = schema.columns.filter { $0.protection != .drop }
    rules = schema.reading
  }

  func seeds() -> [[UInt8]] {
    let cells = [
      "x", "A", "12", "44", "1.000,50", "19640131", "1", "ä", "9", "20081224", "7", "$12.50",
      "4.99",
      "9",
    ]
    return cells.enumerated().map { [UInt8($0.offset)] + Array($0.element.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    guard let first = input.first, !columns.isEmpty else { return }
    let column = columns[Int(first) % columns.count]
    // Sources give valid text only.
    let cell = Array(input.dropFirst().map { $0 }.text.utf8)
    let value = try CellParser(column, rules: rules).value(of: cell[...])
    try CellCheck.check(value, of: column)
  }

  /// A value that a column admits can be stored, and what is stored in clear reads as itself.
  static func check(_ value: CellValue, of column: Column) throws(DecoderDefect) {
    if let layout = column.digitLayout, value != .null {
      guard let digits = layout.digits(of: value) else {
        throw DecoderDefect("an admitted value has no digits")
      }
      let fits = zip(digits, layout.sizes).allSatisfy { $0 >= 0 && $0 < $1 }
      try DecoderDefect.unless(
        digits.count == layout.sizes.count && fits, "a digit is out of range")
    }
    guard column.protection == .clear, case .text(let text) = value else { return }
    let again = try? CellParser(canonical: column).value(of: Array(text.utf8)[...])
    try DecoderDefect.unless(
      again == value, "stored in clear it is \(again == nil ? "refused" : "another value")")
  }
}
