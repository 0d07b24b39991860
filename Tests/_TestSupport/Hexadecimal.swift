/// The bytes of hexadecimal text, white space left out; empty when there is anything else.
public func bytes(hexadecimal text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }.map { $0.hexDigitValue }
  guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return [] }
  let values = digits.compactMap { $0 }
  return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
}
