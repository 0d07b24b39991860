import Paillier

/// Numbers in decimal text. The first byte chooses the scale.
struct DecimalCheck: DecoderCheck {
  static let name = "paillier.decimal"
  static let refusals: [any Error.Type] = [PaillierError.self]

  func seeds() -> [[UInt8]] {
    ["\u{2}-12.50", "\u{0}7", "\u{26}0.0625", "\u{3}2.5"].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    let scale = try DecimalScale(digits: Int(first))
    let units = try scale.integer(of: text)
    try DecoderDefect.unless(
      try scale.integer(of: scale.text(of: units)) == units, "written again it is another number")
    let number = try EncodedNumber(exactly: text)
    try DecoderDefect.unless(
      try EncodedNumber(exactly: number.decimal) == number, "encoded again it is another number")
  }
}
