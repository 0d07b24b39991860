import ClaimSchema

/// Amounts as ledgers write them. The first byte chooses the scale.
struct AmountCheck: DecoderCheck {
  static let name = "claims.amount"
  static let refusals: [any Error.Type] = []
  static let byteLimit = 128

  func seeds() -> [[UInt8]] {
    ["\u{2}$ 1,234.56", "\u{2}(7.5 EUR)", "\u{0}-3", "\u{9}1'000\u{2212}", "\u{3}.5"].map {
      Array($0.utf8)
    }
  }

  func run(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    let scale = Int(first % 10)
    guard let units = AmountReading.units(of: input.dropFirst(), scale: scale) else { return }
    let text = ExactDecimal.text(units, scale: scale)
    try DecoderDefect.unless(
      AmountReading.units(of: Array(text.utf8)[...], scale: scale) == units,
      "written again it is another amount")
  }
}
