/// What schema inference keeps of a column's cells: bounds and counts, and the values themselves
/// only while they are few.
struct ColumnProfile {
  /// Cells that are not NULL.
  private(set) var count = 0
  /// The distinct values; nil once there are more than `distinctLimit`.
  private(set) var distinct: Set<String>? = []
  /// True while no value came twice.
  private(set) var isUnique = true
  private(set) var shortest = Int.max
  private(set) var longest = 0
  /// Whether each byte occurs.
  private var occurs = Array(repeating: false, count: 256)
  /// The date formats that fit every cell so far, with the years they reach.
  private(set) var dates: [(format: String, years: ClosedRange<Int>?)]
  private var patterns: [DatePattern]
  /// True while every cell is a number without leading zeros.
  private(set) var isNumeric = true
  /// The most decimals; nil while no cell has a point.
  private(set) var decimals: Int?
  /// The values' bounds, rounded outward to whole units.
  private(set) var bounds: ClosedRange<Int64>?
  /// True while every cell can be read.
  private(set) var isReadable = true
  /// Whether numbers have separators between thousands, parentheses or a minus after them.
  private var isLedger = false
  /// The currency that stands with numbers.
  private var currency: String?

  private var hashes: Set<UInt64> = []

  static let distinctLimit = 64

  /// More values than this are taken to be unique if none came twice before.
  private static let hashLimit = 1 << 20

  /// The formats that are tried; of two that fit, the first is taken.
  private static let formats = [
    "yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "MM/dd/yyyy", "dd/MM/yyyy", "dd.MM.yyyy", "dd-MM-yyyy",
    "M/d/yyyy", "d/M/yyyy", "d.M.yyyy", "ddMMMyyyy", "dd-MMM-yyyy",
  ]

  private static let nullTokens = NullTokens()

  /// Eight digits are a date only within these years.
  private static let plausibleYears = 1850...2150

  init() {
    dates = []
    patterns = []
    for format in ColumnProfile.formats {
      guard let pattern = DatePattern(format) else { continue }
      dates.append((format, nil))
      patterns.append(pattern)
    }
  }

  /// Whether the cells are amounts: with decimals, or a currency.
  var isMoney: Bool { isNumeric && (decimals != nil || currency != nil) }

  /// Whether the cells are whole numbers as numbers are written everywhere.
  var isWhole: Bool { isNumeric && decimals == nil && currency == nil && !isLedger }

  /// Takes a cell into account that cannot be read.
  mutating func addUnreadable() { isReadable = false }

  /// The bytes that occur, ascending.
  var bytes: [UInt8] { (0...255).filter { occurs[Int($0)] } }

  /// Takes one cell into account.
  mutating func add(_ cell: ArraySlice<UInt8>) {
    let value = CellText.trimmed(cell)
    if ColumnProfile.nullTokens.contains(value) { return }
    count += 1
    shortest = min(shortest, value.count)
    longest = max(longest, value.count)
    addDistinct(value)
    addDate(value)
    if isNumeric { addNumber(value) }
    for byte in value { occurs[Int(byte)] = true }
  }

  private mutating func addDistinct(_ value: ArraySlice<UInt8>) {
    if distinct != nil {
      distinct?.insert(String(decoding: value, as: UTF8.self))
      if (distinct?.count ?? 0) > ColumnProfile.distinctLimit { distinct = nil }
    }
    guard isUnique, hashes.count < ColumnProfile.hashLimit else { return }
    // FNV-1a: the same file gives the same proposal on every run.
    let hash = value.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    if !hashes.insert(hash).inserted {
      isUnique = false
      hashes = []
    }
  }

  private mutating func addDate(_ value: ArraySlice<UInt8>) {
    var index = 0
    while index < dates.count {
      if let day = CalendarDay(value, pattern: patterns[index]),
        ColumnProfile.plausibleYears.contains(day.year)
      {
        let years = dates[index].years ?? day.year...day.year
        dates[index].years = min(years.lowerBound, day.year)...max(years.upperBound, day.year)
        index += 1
      } else {
        dates.remove(at: index)
        patterns.remove(at: index)
      }
    }
  }

  private mutating func addNumber(_ value: ArraySlice<UInt8>) {
    guard let amount = AmountText(value, mark: .point),
      currency == nil || amount.currency == nil || amount.currency == currency
    else {
      isNumeric = false
      return
    }
    currency = currency ?? amount.currency
    isLedger = isLedger || (amount.currency == nil && !amount.plain.elementsEqual(value))
    let digits = amount.plain.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let whole = digits.prefix { $0 != UInt8(ascii: ".") }
    guard whole.count <= 15, whole.count <= 1 || whole.first != UInt8(ascii: "0"),
      let number = ExactDecimal(amount.plain, scale: 0)
    else {
      isNumeric = false
      return
    }
    if whole.count < digits.count {
      decimals = max(decimals ?? 0, digits.count - whole.count - 1)
    }
    let ceiling = number.isExact ? number.floor : number.floor + 1
    let known = bounds ?? number.floor...ceiling
    bounds = min(known.lowerBound, number.floor)...max(known.upperBound, ceiling)
  }
}
