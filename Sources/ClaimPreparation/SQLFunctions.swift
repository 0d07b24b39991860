import ClaimSchema
import GRDBSQLite

/// What SQL from a schema may call beside SQLite's own functions.
///
/// - `parse_date(text, format, …)`: the day in ISO 8601 by the first of the patterns that fits, as in
///   a schema's `format`; NULL when none does.
/// - `years_between(from, to)`: the full years from one ISO 8601 day to another, as ages are counted;
///   NULL when one of them is none.
/// - `amount(text, scale)`: an amount in units of the last decimal, without floating point; NULL when
///   the text is none.
enum SQLFunctions {
  /// The errors of these functions, which hold nothing of a record.
  static let messages: Set<String> = [noPattern, noScale]

  private static let noPattern = "parse_date: not a pattern of yyyy, MM and dd"
  private static let noScale = "amount: the scale must be 0 to 9"

  static func install(on handle: OpaquePointer) {
    add("parse_date", arguments: -1, to: handle) { context, values in
      guard let text = values.first.flatMap(text(of:)) else { return sqlite3_result_null(context) }
      let cell = CellText.trimmed(text)
      for value in values.dropFirst() {
        guard let pattern = DatePattern(self.text(of: value) ?? "") else {
          return sqlite3_result_error(context, noPattern, -1)
        }
        if let day = CalendarDay(cell[...], pattern: pattern) {
          return result(day.description, context)
        }
      }
      sqlite3_result_null(context)
    }
    add("years_between", arguments: 2, to: handle) { context, values in
      guard let from = values.first.flatMap(day(of:)), let to = values.last.flatMap(day(of:)) else {
        return sqlite3_result_null(context)
      }
      let isBefore = (to.month, to.day) < (from.month, from.day)
      sqlite3_result_int64(context, Int64(to.year - from.year - (isBefore ? 1 : 0)))
    }
    add("amount", arguments: 2, to: handle) { context, values in
      guard let text = values.first.flatMap(text(of:)), let scaleValue = values.last else {
        return sqlite3_result_null(context)
      }
      let scale = Int(sqlite3_value_int(scaleValue))
      guard (0...9).contains(scale) else { return sqlite3_result_error(context, noScale, -1) }
      guard let units = AmountReading.units(of: CellText.trimmed(text), scale: scale) else {
        return sqlite3_result_null(context)
      }
      sqlite3_result_int64(context, units)
    }
  }

  private typealias Function = (OpaquePointer?, [OpaquePointer]) -> Void

  /// What SQLite keeps of a function until the database is closed.
  private final class Body {
    let call: Function
    init(_ call: @escaping Function) { self.call = call }
  }

  private static func add(
    _ name: String, arguments: Int32, to handle: OpaquePointer, _ call: @escaping Function
  ) {
    sqlite3_create_function_v2(
      handle, name, arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      Unmanaged.passRetained(Body(call)).toOpaque(),
      { context, count, values in
        guard let state = sqlite3_user_data(context) else { return }
        let arguments = (0..<Int(count)).compactMap { values?[$0] }
        Unmanaged<Body>.fromOpaque(state).takeUnretainedValue().call(context, arguments)
      }, nil, nil,
      { state in
        if let state { Unmanaged<Body>.fromOpaque(state).release() }
      })
  }

  private static func text(of value: OpaquePointer) -> String? {
    guard sqlite3_value_type(value) != SQLITE_NULL, let text = sqlite3_value_text(value) else {
      return nil
    }
    return String(cString: text)
  }

  private static func day(of value: OpaquePointer) -> CalendarDay? {
    text(of: value).flatMap { CalendarDay(iso: $0) }
  }

  private static func result(_ text: String, _ context: OpaquePointer?) {
    sqlite3_result_text(context, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }
}
