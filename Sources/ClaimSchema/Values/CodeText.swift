/// A code as its column's alphabets have it: upper case, without dots unless an alphabet has one,
/// and with the zeros that a spreadsheet took from its front.
struct CodeText {
  let bytes: [UInt8]
  let isPadded: Bool

  /// - Parameters:
  ///   - keepsDots: whether an alphabet has the dot.
  ///   - width: how long codes of digits alone are made; nil to leave them.
  init(_ cell: ArraySlice<UInt8>, keepsDots: Bool, width: Int?) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(cell.count)
    for byte in cell where keepsDots || byte != UInt8(ascii: ".") {
      let isLowerCase = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      bytes.append(isLowerCase ? byte - 0x20 : byte)
    }
    isPadded = CodeText.needsZeros(bytes[...], width: width)
    if isPadded, let width {
      bytes.insert(
        contentsOf: Array(repeating: UInt8(ascii: "0"), count: width - bytes.count), at: 0)
    }
    self.bytes = bytes
  }

  /// Whether zeros are missing: a spreadsheet takes them only from what it holds for a number.
  static func needsZeros(_ code: ArraySlice<UInt8>, width: Int?) -> Bool {
    guard let width, code.count < width, !code.isEmpty else { return false }
    return code.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
