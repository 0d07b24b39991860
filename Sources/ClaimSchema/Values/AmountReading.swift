/// Amounts as whole numbers of their last decimal.
package enum AmountReading {
  /// The amount that a text writes with a decimal point, in units of 10^-scale; nil when it is none,
  /// or has more decimals.
  package static func units(of text: ArraySlice<UInt8>, scale: Int) -> Int64? {
    guard let amount = AmountText(text, mark: .point),
      let number = ExactDecimal(amount.plain, scale: scale), number.isExact,
      ColumnType.everyNumber.contains(number.floor)
    else { return nil }
    return number.floor
  }
}
