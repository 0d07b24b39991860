/// The character between the fields of delimited text.
public enum Delimiter: String, CaseIterable, Hashable, Sendable {
  case comma
  case semicolon
  case tab
  case pipe

  /// Its byte.
  public var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: 0x09
    case .pipe: UInt8(ascii: "|")
    }
  }

  /// The delimiter of a header: the one that stands most often outside of quotes, comma when there
  /// is none. Nil while the header's end is not in these bytes.
  static func guess(_ bytes: ArraySlice<UInt8>) -> Delimiter? {
    var counts = Array(repeating: 0, count: allCases.count)
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == 0x0A { return mostFrequent(counts) }
        if let index = allCases.firstIndex(where: { $0.byte == byte }) { counts[index] += 1 }
      }
    }
    return nil
  }

  /// The delimiter of a header that ends with the file.
  static func guess(whole bytes: ArraySlice<UInt8>) -> Delimiter {
    guess(bytes + [0x0A]) ?? .comma
  }

  private static func mostFrequent(_ counts: [Int]) -> Delimiter {
    let most = counts.max() ?? 0
    guard most > 0, let index = counts.firstIndex(of: most) else { return .comma }
    return allCases[index]
  }
}
