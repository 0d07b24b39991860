/// The characters that one position of a code may hold.
struct CodeAlphabet: Hashable, Sendable {
  /// The characters' bytes, ascending. Digit 0 is the pad; the digit of `bytes[i]` is i + 1.
  let bytes: [UInt8]
  /// The digit of each ASCII byte, 0 where the alphabet does not have it.
  private let digits: [UInt8]

  /// Characters outside ASCII are left out; the schema parser refuses them.
  init(_ characters: [Character]) {
    let bytes = Set(characters.compactMap(\.asciiValue)).sorted()
    var digits = [UInt8](repeating: 0, count: 128)
    for (index, byte) in bytes.enumerated() { digits[Int(byte)] = UInt8(index + 1) }
    self.bytes = bytes
    self.digits = digits
  }

  /// The digit of a character; nil when the alphabet does not have it.
  func digit(of byte: UInt8) -> Int? {
    guard byte < 128, digits[Int(byte)] != 0 else { return nil }
    return Int(digits[Int(byte)])
  }

  /// The lowest digit whose character does not come before `byte`.
  func lowestDigit(notBefore byte: UInt8) -> Int {
    1 + bytes.count { $0 < byte }
  }
}
