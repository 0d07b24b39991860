/// A JSON value. Numbers stay as they are written, so that amounts never pass through floating
/// point.
enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// The members in the order of the text; no name comes twice.
  case object([Member])

  struct Member: Hashable, Sendable {
    let name: String
    let value: JSONValue
  }

  /// The value of an object's member; nil when there is none, or this is no object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value as the text of a cell: nil for null, `true` or `false`, numbers in plain decimals,
  /// arrays and objects as JSON text.
  var cellText: String? {
    switch self {
    case .null: nil
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let text): ExactDecimal.plainText(literal: text) ?? text
    case .string(let text): text
    case .array, .object: jsonText
    }
  }

  /// The value as compact JSON.
  var jsonText: String {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let text): text
    case .string(let text): JSONValue.quoted(text)
    case .array(let elements): "[" + elements.map(\.jsonText).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { "\(JSONValue.quoted($0.name)):\($0.value.jsonText)" }
        .joined(separator: ",") + "}"
    }
  }

  /// A JSON string with its quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
