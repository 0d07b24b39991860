/// The time of day that many sources write after a date: `T10:00:00Z`, ` 10:00`, `:10:00:00.000`,
/// ` 9:05 PM`, `T1000+02:00`.
struct TimeOfDay {
  /// Whether the whole text is such a time, with what parts it from the date.
  static func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, "Tt :".utf8.contains(first) else { return false }
    var time = TimeOfDay(rest: text.dropFirst().drop { $0 == 0x20 })
    return time.takeClock() && time.takeHalf() && time.takeZone() && time.rest.isEmpty
  }

  private var rest: ArraySlice<UInt8>

  private mutating func takeClock() -> Bool {
    guard let hour = takeNumber(1...2), hour <= 24 else { return false }
    let hasColons = take(":")
    guard let minute = takeNumber(2...2), minute < 60 else { return false }
    if hasColons ? take(":") : rest.first.map(TimeOfDay.isDigit) ?? false {
      guard let second = takeNumber(2...2), second <= 60 else { return false }
      if take(".") || take(",") { return takeNumber(1...9) != nil }
    }
    return true
  }

  /// AM or PM, if it is there.
  private mutating func takeHalf() -> Bool {
    let spaces = rest.prefix { $0 == 0x20 }
    let half = rest.dropFirst(spaces.count).prefix(2).map { $0 & 0xDF }
    if half == Array("AM".utf8) || half == Array("PM".utf8) {
      rest = rest.dropFirst(spaces.count + 2)
    }
    return true
  }

  /// Z or a difference from it, if it is there.
  private mutating func takeZone() -> Bool {
    rest = rest.drop { $0 == 0x20 }
    if take("Z") || take("z") { return true }
    guard take("+") || take("-") else { return true }
    guard takeNumber(2...2) != nil else { return false }
    return take(":") || !rest.isEmpty ? takeNumber(2...2) != nil : true
  }

  private mutating func take(_ character: Character) -> Bool {
    guard let first = rest.first, first == character.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func takeNumber(_ digits: ClosedRange<Int>) -> Int? {
    let text = rest.prefix(digits.upperBound).prefix(while: TimeOfDay.isDigit)
    guard text.count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(text.count)
    return Int(String(decoding: text, as: UTF8.self))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
