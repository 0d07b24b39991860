/// Reads the cells of one column.
public struct CellParser: Sendable {
  private let reading: Reading
  private let isClear: Bool
  private let isNullable: Bool

  /// What a column's cells are, prepared for reading.
  private enum Reading: Sendable {
    case text
    case category([String: Int])
    case code([CodeAlphabet])
    case date(DatePattern, format: String, range: ClosedRange<CalendarDay>)
    case number(scale: Int, range: ClosedRange<Int64>)
  }

  /// Prepares the reading of a column that is not dropped.
  public init(_ column: Column) {
    isClear = column.protection == .clear
    isNullable = column.isNullable
    switch column.type {
    case .text, .category(values: nil): reading = .text
    case .category(let values?):
      let pairs = values.enumerated().map { ($0.element, $0.offset) }
      reading = .category(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    case .code(let alphabets): reading = .code(alphabets.map(CodeAlphabet.init))
    case .date(let format, let range):
      reading = .date(DatePattern(format) ?? .extended, format: format, range: range)
    case .integer(let range, _): reading = .number(scale: 0, range: range)
    case .money(let scale, let range, _): reading = .number(scale: scale, range: range)
    }
  }

  /// The value of a cell's text in UTF-8.
  ///
  /// Spaces and tabs around it are ignored. Empty text, `NULL`, `NA`, `N/A`, `-` and `\N` are NULL,
  /// unless a category declares them as values. Throws what does not fit the column.
  public func value(of cell: ArraySlice<UInt8>) throws(CellProblem) -> CellValue {
    let bytes = CellParser.trimmed(cell)
    if case .category(let values) = reading {
      let text = String(decoding: bytes, as: UTF8.self)
      if let index = values[text] { return isClear ? .text(text) : .category(index) }
    }
    if CellParser.isNull(bytes) {
      guard isNullable else { throw .missing }
      return .null
    }
    switch reading {
    case .text: return .text(String(decoding: bytes, as: UTF8.self))
    case .category: throw .notDeclared
    case .code(let positions):
      let code = try CellParser.code(bytes, positions)
      return isClear ? .text(code) : .code(code)
    case .date(let pattern, let format, let range):
      guard let day = CalendarDay(bytes, pattern: pattern) else {
        throw .notADate(format: format)
      }
      guard range.contains(day) else {
        throw .outsideRange("[\(range.lowerBound), \(range.upperBound)]")
      }
      return isClear ? .text(day.description) : .date(day)
    case .number(let scale, let range):
      let number = try CellParser.number(bytes, scale, range)
      return isClear ? .text(ExactDecimal.text(number, scale: scale)) : .number(number)
    }
  }

  private static func code(
    _ bytes: ArraySlice<UInt8>, _ positions: [CodeAlphabet]
  ) throws(CellProblem) -> String {
    guard bytes.count <= positions.count else { throw .tooLong(limit: positions.count) }
    var upperCased: [UInt8] = []
    upperCased.reserveCapacity(bytes.count)
    for (byte, alphabet) in zip(bytes, positions) {
      let isLowerCase = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      let character = isLowerCase ? byte - 0x20 : byte
      guard alphabet.digit(of: character) != nil else {
        throw .characterNotInAlphabet(position: upperCased.count + 1)
      }
      upperCased.append(character)
    }
    return String(decoding: upperCased, as: UTF8.self)
  }

  private static func number(
    _ bytes: ArraySlice<UInt8>, _ scale: Int, _ range: ClosedRange<Int64>
  ) throws(CellProblem) -> Int64 {
    guard let number = ExactDecimal(bytes, scale: scale) else { throw .notANumber }
    guard number.isExact else { throw .tooManyDecimals(scale: scale) }
    guard range.contains(number.floor) else {
      let ends = [range.lowerBound, range.upperBound].map { ExactDecimal.text($0, scale: scale) }
      throw .outsideRange("[\(ends[0]), \(ends[1])]")
    }
    return number.floor
  }

  /// The texts that mean NULL, besides the empty one.
  private static let nullTexts = ["NULL", "NA", "N/A", "-", "\\N"].map { Array($0.utf8) }

  static func isNull(_ trimmed: ArraySlice<UInt8>) -> Bool {
    trimmed.isEmpty
      || (trimmed.count <= 4 && nullTexts.contains { $0.elementsEqual(trimmed) })
  }

  /// Without the spaces and tabs around.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return bytes.prefix(0) }
    return bytes[first...last]
  }

  static func trimmed(_ text: String) -> ArraySlice<UInt8> {
    trimmed(Array(text.utf8)[...])
  }
}
