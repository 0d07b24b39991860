extension [UInt8] {
  /// The bytes as text, whatever they are.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// What stands before the first line end, and after it.
  var firstLine: (line: [UInt8], rest: [UInt8]) {
    let end = firstIndex(of: 0x0A) ?? endIndex
    return (Array(self[..<end]), Array(self[end...].dropFirst()))
  }
}
