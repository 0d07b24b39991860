import BigInteger
import Paillier
import Testing

@Suite struct DecimalScaleTests {
  @Test(arguments: [
    (2, "12.5", "1250", "12.50"), (2, "-12.50", "-1250", "-12.50"), (0, "-7", "-7", "-7"),
    (2, "0.05", "5", "0.05"), (2, "-0.05", "-5", "-0.05"), (2, "-0", "0", "0.00"),
    (3, "007", "7000", "7.000"),
    (38, "1", "100000000000000000000000000000000000000", "1.\(String(repeating: "0", count: 38))"),
    (1, "\(String(repeating: "9", count: 700)).9", String(repeating: "9", count: 701), nil),
  ])
  func textGoesBothWays(_ digits: Int, _ text: String, _ units: String, _ back: String?) throws {
    let scale = try DecimalScale(digits: digits)
    let integer = try scale.integer(of: text)
    #expect(integer.decimal == units)
    #expect(scale.text(of: integer) == back ?? text)
  }

  @Test(arguments: [
    "", "-", ".", "-.", ".5", "5.", "-.5", "+5", " 5", "5 ", "5\n", "1,000", "1_000", "1e3", "1E3",
    "0x10", "--5", "5-", "1.2.3", "1.-2", "1.23x", "٣", "１", "∞", "nan", "1.234", "1.200", "0.000",
    "5\0", String(repeating: "1", count: 2049),
  ])
  func otherTextIsRefused(_ text: String) throws {
    let scale = try DecimalScale(digits: 2)
    let error = #expect(throws: PaillierError.self) { try scale.integer(of: text) }
    guard case .invalidDecimal = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func wholeNumbersHaveNoPoint() throws {
    #expect(throws: PaillierError.self) { try DecimalScale.whole.integer(of: "1.0") }
    #expect(try DecimalScale.whole == DecimalScale(digits: 0))
  }

  @Test(arguments: [-1, 39, Int.max, Int.min]) func otherScalesAreRefused(_ digits: Int) {
    #expect(throws: PaillierError.scaleOutOfRange(digits: digits)) {
      try DecimalScale(digits: digits)
    }
  }
}
