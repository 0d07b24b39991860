/// Reads the cells of one column.
public struct CellParser: Sendable {
  private let reading: Reading
  private let isClear: Bool
  private let isNullable: Bool
  private let nullTokens: NullTokens

  /// What a column's cells are, prepared for reading.
  private enum Reading: Sendable {
    case text(padding: Int?)
    case category([String: Int], padding: Int?)
    case code([CodeAlphabet], keepsDots: Bool, padding: Int?)
    case date([DatePattern], ColumnReading, range: ClosedRange<CalendarDay>)
    case integer(range: ClosedRange<Int64>)
    case money(scale: Int, range: ClosedRange<Int64>, DecimalMark)
  }

  /// Prepares the reading of a column that is not dropped.
  public init(_ column: Column, rules: ReadingRules = .standard) {
    self.init(column, column.reading, NullTokens(rules.nullTokens))
  }

  /// Prepares the reading of a column's canonical text: what clear cells are stored as.
  package init(canonical column: Column) {
    self.init(column, ColumnReading(dateFormats: ["yyyy-MM-dd"]), NullTokens([]))
  }

  private init(_ column: Column, _ rules: ColumnReading, _ nullTokens: NullTokens) {
    isClear = column.protection == .clear
    isNullable = column.isNullable
    self.nullTokens = nullTokens
    switch column.type {
    case .text: reading = .text(padding: nil)
    case .category(values: nil): reading = .text(padding: rules.padding)
    case .category(let values?):
      let pairs = values.enumerated().map { ($0.element, $0.offset) }
      reading = .category(
        Dictionary(pairs, uniquingKeysWith: { first, _ in first }), padding: rules.padding)
    case .code(let alphabets):
      reading = .code(
        alphabets.map(CodeAlphabet.init), keepsDots: alphabets.contains { $0.contains(".") },
        padding: rules.padding)
    case .date(let range):
      reading = .date(rules.dateFormats.compactMap { DatePattern($0) }, rules, range: range)
    case .integer(let range, _): reading = .integer(range: range)
    case .money(let scale, let range, _):
      reading = .money(scale: scale, range: range, rules.decimalMark)
    }
  }

  /// The value of a cell's text in UTF-8.
  ///
  /// White space around it is ignored. The texts that the rules name are NULL, unless a category
  /// declares them as values. Throws what does not fit the column.
  public func value(of cell: ArraySlice<UInt8>) throws(CellProblem) -> CellValue {
    try read(cell).value
  }

  /// The value of a cell, nil for NULL, and what was done to read it.
  package func read(_ cell: ArraySlice<UInt8>?) throws(CellProblem) -> CellReading {
    let bytes = cell.map(CellText.trimmed)
    if let bytes, case .category(let values, let padding) = reading,
      let found = category(bytes, values, padding)
    {
      return found
    }
    guard let bytes, !nullTokens.contains(bytes) else { return try null(isSentinel: false) }
    switch reading {
    case .text(let padding):
      let isPadded = CodeText.needsZeros(bytes, width: padding)
      let text =
        isPadded
        ? String(decoding: CodeText(bytes, keepsDots: true, width: padding).bytes, as: UTF8.self)
        : CellText.composed(bytes)
      return CellReading(.text(text), isPadded: isPadded)
    case .category: throw .notDeclared
    case .code(let positions, let keepsDots, let padding):
      let code = CodeText(bytes, keepsDots: keepsDots, width: padding)
      let text = try CellParser.code(code.bytes, positions)
      return CellReading(isClear ? .text(text) : .code(text), isPadded: code.isPadded)
    case .date(let patterns, let rules, let range):
      return try date(bytes, patterns, rules, range)
    case .integer(let range):
      let number = try CellParser.number(bytes, 0, range, otherwise: .notANumber)
      return CellReading(isClear ? .text(String(number)) : .number(number))
    case .money(let scale, let range, let mark):
      guard let amount = AmountText(bytes, mark: mark) else { throw .notAnAmount(mark) }
      let number = try CellParser.number(
        amount.plain[...], scale, range, otherwise: .notAnAmount(mark))
      return CellReading(
        isClear ? .text(ExactDecimal.text(number, scale: scale)) : .number(number),
        currency: amount.currency)
    }
  }

  private func null(isSentinel: Bool) throws(CellProblem) -> CellReading {
    guard isNullable else { throw .missing }
    return CellReading(.null, isSentinel: isSentinel)
  }

  /// A declared value, with zeros before it where they are missing; nil for anything else.
  private func category(
    _ bytes: ArraySlice<UInt8>, _ values: [String: Int], _ padding: Int?
  ) -> CellReading? {
    var text = String(decoding: bytes, as: UTF8.self)
    var index = values[text]
    let isPadded = index == nil && CodeText.needsZeros(bytes, width: padding)
    if isPadded {
      text = String(
        decoding: CodeText(bytes, keepsDots: true, width: padding).bytes, as: UTF8.self)
      index = values[text]
    }
    guard let index else { return nil }
    return CellReading(
      isClear ? .text(CellText.composed(Array(text.utf8)[...])) : .category(index),
      isPadded: isPadded)
  }

  private func date(
    _ bytes: ArraySlice<UInt8>, _ patterns: [DatePattern], _ rules: ColumnReading,
    _ range: ClosedRange<CalendarDay>
  ) throws(CellProblem) -> CellReading {
    for (index, pattern) in patterns.enumerated() {
      guard let day = CalendarDay(bytes, pattern: pattern) else { continue }
      if rules.nullDates.contains(day) { return try null(isSentinel: true) }
      guard range.contains(day) else {
        throw .outsideRange("[\(range.lowerBound), \(range.upperBound)]")
      }
      return CellReading(isClear ? .text(day.description) : .date(day), format: index)
    }
    throw .notADate(formats: rules.dateFormats)
  }

  private static func code(
    _ bytes: [UInt8], _ positions: [CodeAlphabet]
  ) throws(CellProblem) -> String {
    guard !bytes.isEmpty else { throw .characterNotInAlphabet(position: 1) }
    guard bytes.count <= positions.count else { throw .tooLong(limit: positions.count) }
    for (index, alphabet) in zip(bytes.indices, positions)
    where alphabet.digit(of: bytes[index]) == nil {
      throw .characterNotInAlphabet(position: index + 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(
    _ bytes: ArraySlice<UInt8>, _ scale: Int, _ range: ClosedRange<Int64>,
    otherwise problem: CellProblem
  ) throws(CellProblem) -> Int64 {
    guard let number = ExactDecimal(bytes, scale: scale) else { throw problem }
    guard number.isExact else { throw .tooManyDecimals(scale: scale) }
    guard range.contains(number.floor) else {
      let ends = [range.lowerBound, range.upperBound].map { ExactDecimal.text($0, scale: scale) }
      throw .outsideRange("[\(ends[0]), \(ends[1])]")
    }
    return number.floor
  }
}
