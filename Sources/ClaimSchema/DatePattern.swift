/// How a source file writes a calendar day: a year `yyyy`, a month `MM`, `M` (one digit or two) or
/// `MMM` (English, such as JAN) and a day `dd` or `d`, each once, with separators of `-`, `/`, `.`,
/// `_`, a comma or a space between them if any.
package struct DatePattern: Hashable, Sendable {
  package enum Field: Hashable, Sendable {
    case year
    case month(digits: ClosedRange<Int>)
    case monthName
    case day(digits: ClosedRange<Int>)
    case separator(UInt8)
  }

  /// The parts of a cell in their order.
  package let fields: [Field]

  /// `yyyyMMdd`.
  package static let basic = DatePattern(
    fields: [.year, .month(digits: 2...2), .day(digits: 2...2)])

  /// `yyyy-MM-dd`.
  package static let extended = DatePattern(
    fields: [
      .year, .separator(0x2D), .month(digits: 2...2), .separator(0x2D), .day(digits: 2...2),
    ])

  /// What schemas are told when a text is no pattern.
  package static let form =
    "a pattern of yyyy, MM (M, MMM) and dd (d), such as yyyyMMdd, M/d/yyyy or ddMMMyyyy, or a list "
    + "of them"

  private init(fields: [Field]) {
    self.fields = fields
  }

  /// Nil when `text` is not such a pattern.
  package init?(_ text: String) {
    var fields: [Field] = []
    var rest = Array(text.utf8)[...]
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      switch (letter, run.count) {
      case (UInt8(ascii: "y"), 4): fields.append(.year)
      case (UInt8(ascii: "M"), 3): fields.append(.monthName)
      case (UInt8(ascii: "M"), 1...2): fields.append(.month(digits: run.count...2))
      case (UInt8(ascii: "d"), 1...2): fields.append(.day(digits: run.count...2))
      case _ where "-/._, ".utf8.contains(letter):
        fields += run.map { .separator($0) }
      default: return nil
      }
    }
    let kinds = fields.map(DatePattern.kind)
    guard ["y", "M", "d"].allSatisfy({ kind in kinds.count { $0 == kind } == 1 }) else {
      return nil
    }
    // One digit or two must have an end that is seen.
    for (field, next) in zip(fields, fields.dropFirst() + [.separator(0)]) {
      switch (field, next) {
      case (.month(digits: 1...2), .separator), (.day(digits: 1...2), .separator),
        (.day(digits: 1...2), .monthName):
        continue
      case (.month(digits: 1...2), _), (.day(digits: 1...2), _): return nil
      default: continue
      }
    }
    self.fields = fields
  }

  private static func kind(_ field: Field) -> Character {
    switch field {
    case .year: "y"
    case .month, .monthName: "M"
    case .day: "d"
    case .separator: "-"
    }
  }
}
