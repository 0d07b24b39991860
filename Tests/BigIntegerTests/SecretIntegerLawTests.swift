import BigInteger
import Testing
import _TestSupport

/// Arithmetic in fixed time against arithmetic in variable time, over random widths.
@Suite struct SecretIntegerLawTests {
  private static func secret(_ number: BigInteger, bits: Int) throws -> SecretInteger {
    try present(SecretInteger(number, bitCount: bits), "\(number) in \(bits) bits")
  }

  /// Two numbers, each with its width, which may be larger than it needs.
  private struct Pair: CustomStringConvertible {
    let numbers: [BigInteger]
    let widths: [Int]

    init(_ choices: inout Choices, bits: ClosedRange<Int> = 1...400) {
      let widths = (0..<2).map { _ in choices.integer(in: bits) }
      self.widths = widths
      numbers = widths.map { choices.number(bits: $0) }
    }

    var secrets: [SecretInteger] {
      get throws { try zip(numbers, widths).map { try secret($0, bits: $1) } }
    }

    var description: String { "\(numbers) in \(widths) bits" }
  }

  @Test func arithmeticAgrees() throws {
    try Property("fixed-time arithmetic is arithmetic", runs: 1000) { choices in
      (Pair(&choices), choices.integer(in: 0...450))
    } holds: { pair, bit in
      let (a, b) = (pair.numbers[0], pair.numbers[1])
      let secrets = try pair.secrets
      let (x, y) = (secrets[0], secrets[1])
      try agree(x.multiplied(by: y).declassified(), a * b, "a · b")
      try agree(x.adding(y).declassified(), a + b, "a + b")
      let (difference, borrowed) = x.subtracting(y)
      try agree(borrowed.isTrue, a < b, "whether a - b borrows")
      let width = (max(pair.widths[0], pair.widths[1]) + 63) / 64 * 64
      try agree(difference.declassified(), (a - b).lowBits(width), "a - b")
      try agree(x.halved.declassified(), a >> 1, "a / 2")
      try agree(x.isLess(than: y).isTrue, a < b, "a < b")
      try agree(x.isEqual(to: y).isTrue, a == b, "a = b")
      try agree(x.isEqual(to: x.resized(bitCount: 512)).isTrue, true, "a = a, wider")
      try agree(x.isZero.isTrue, a.isZero, "a = 0")
      try agree(
        x.selected(if: x.isLess(than: y), otherwise: y).declassified(), min(a, b), "the lesser")
      try agree(x.bit(bit).isTrue, (a >> bit).isOdd, "bit \(bit)")
      try agree(x.hasNoBits(from: bit).isTrue, a >> bit == 0, "no bits from \(bit)")
      try agree(
        x.resized(bitCount: 64).declassified(), a.lowBits(64), "the lowest limb")
    }.check()
  }

  @Test func divisionAgrees() throws {
    struct Case: CustomStringConvertible {
      let dividend: BigInteger
      let dividendBits: Int
      let divisor: BigInteger
      let divisorBits: Int
      var description: String {
        "\(dividend) in \(dividendBits) bits by \(divisor) in \(divisorBits) bits"
      }
    }
    try Property("fixed-time division is division", runs: 2000) { choices in
      let divisor = choices.odd(bits: 1...300) - (choices.bool() ? 1 : 0)
      // A divisor may lack its highest bit, as long as its highest limb is not 0.
      let isWider = !divisor.bitCount.isMultiple(of: 64) && choices.bool()
      let bits: Int = choices.integer(in: 1...700)
      return Case(
        dividend: choices.number(bits: bits), dividendBits: bits, divisor: divisor,
        divisorBits: divisor.bitCount + (isWider ? 1 : 0))
    } holds: { made in
      let parts = try Self.secret(made.dividend, bits: made.dividendBits)
        .quotientAndRemainder(dividingBy: Self.secret(made.divisor, bits: made.divisorBits))
      let expected = made.dividend.quotientAndRemainder(dividingBy: made.divisor)
      try agree(parts.quotient.declassified(), expected?.quotient, "the quotient")
      try agree(parts.remainder.declassified(), expected?.remainder, "the remainder")
    }.check()
  }

  private struct PowerCase: CustomStringConvertible {
    let modulus: BigInteger
    let base: BigInteger
    let exponent: BigInteger
    let exponentBits: Int

    init(_ choices: inout Choices) {
      modulus = choices.odd(bits: 2...320)
      base = choices.number(bits: modulus.bitCount)
      exponentBits = choices.integer(in: 1...130)
      exponent = choices.number(bits: exponentBits)
    }

    var description: String {
      "\(base)^\(exponent), \(exponentBits) bits, modulo \(modulus)"
    }
  }

  @Test(arguments: IntegerKernels.supported.map(\.name))
  func powersAgree(kernels name: String) throws {
    guard let kernels = IntegerKernels.supported.first(where: { $0.name == name }) else { return }
    try Property("fixed-time powers are powers", runs: 400) {
      PowerCase(&$0)
    } holds: { made in
      let expected = made.base.power(variableTime: made.exponent, modulo: made.modulus)
      let width = made.modulus.bitCount
      let modulus = try Self.secret(made.modulus, bits: width)
      let base = try Self.secret(made.base, bits: width)
      let exponent = try Self.secret(made.exponent, bits: made.exponentBits)
      try agree(
        base.power(exponent, publicModulus: modulus).declassified(), expected, "by GMP")
      let montgomery = MontgomeryModulus(secret: modulus, kernels: kernels)
      try agree(montgomery.power(base, exponent).declassified(), expected, "by Montgomery")
      let reduced = base.remainder(dividingBy: modulus)
      let table = FixedBasePower(
        base: reduced, modulus: montgomery, exponentBitCount: made.exponentBits)
      let one = SecretInteger.one.resized(bitCount: width)
      try agree(
        table.scaled([one], by: [exponent])?.first?.declassified(), expected, "from a table")
      // In Montgomery form and back is once times R and once divided by it.
      try agree(
        montgomery.multiply(montgomery.montgomeryForm(reduced), .one).declassified(),
        made.base.reduced(modulo: made.modulus), "there and back")
    }.check()
  }

  @Test func inversesAgree() throws {
    try Property("fixed-time inverses are inverses", runs: 500) { choices in
      let modulus = choices.odd(bits: 2...320)
      return (choices.number(bits: modulus.bitCount), modulus)
    } holds: { number, modulus in
      let reduced = number.reduced(modulo: modulus) ?? 0
      let (inverse, exists) = try Self.secret(reduced, bits: modulus.bitCount)
        .inverse(modulo: Self.secret(modulus, bits: modulus.bitCount))
      let expected = number.inverse(modulo: modulus)
      try agree(exists.isTrue, expected != nil, "whether there is one")
      if let expected { try agree(inverse.declassified(), expected, "the inverse") }
    }.check()
  }

  @Test func bytesGoBothWays() throws {
    try Property("a secret's bytes are read as they were written", runs: 500) { choices in
      let bits: Int = choices.integer(in: 1...300)
      return (choices.number(bits: bits), bits)
    } holds: { number, bits in
      var bytes = [UInt8](repeating: 0xAA, count: (bits + 7) / 8)
      let secret = try Self.secret(number, bits: bits)
      bytes.withUnsafeMutableBytes { secret.write(bigEndianTo: $0) }
      try agree(number.bigEndianBytes(count: bytes.count), bytes, "the bytes")
      let read = bytes.withUnsafeBytes { SecretInteger(bigEndianBytes: $0, bitCount: bits) }
      try agree(read?.declassified(), number, "what is read")
    }.check()
  }
}
