/// The value of a cell, and what was done to read it.
package struct CellReading: Hashable, Sendable {
  package let value: CellValue
  /// Whether a date that stands for NULL was read as NULL.
  package let isSentinel: Bool
  /// Whether zeros were put before it.
  package let isPadded: Bool
  /// Which of the column's date formats fitted.
  package let format: Int?
  /// The currency that was written with an amount.
  package let currency: String?

  init(
    _ value: CellValue, isSentinel: Bool = false, isPadded: Bool = false, format: Int? = nil,
    currency: String? = nil
  ) {
    self.value = value
    self.isSentinel = isSentinel
    self.isPadded = isPadded
    self.format = format
    self.currency = currency
  }
}
