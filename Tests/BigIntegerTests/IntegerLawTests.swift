import BigInteger
import Testing
import _TestSupport

/// What makes big integers integers, over random numbers of up to six limbs.
@Suite struct IntegerLawTests {
  @Test func numbersAreARing() throws {
    try Property("big integers are a commutative ring", runs: 2000) { choices in
      (choices.number(), choices.number(), choices.number())
    } holds: { a, b, c in
      try agree(a + b, b + a, "a + b")
      try agree((a + b) + c, a + (b + c), "a + b + c")
      try agree(a * b, b * a, "a · b")
      try agree((a * b) * c, a * (b * c), "a · b · c")
      try agree(a * (b + c), a * b + a * c, "a · (b + c)")
      try agree(a - b, a + -b, "a - b")
      try agree(a - a, 0, "a - a")
      try agree(-(-a), a, "-(-a)")
      try agree(-a * b, -(a * b), "-a · b")
      try agree(a * 1 + 0, a, "a · 1 + 0")
      var changed = a
      changed += b
      changed -= c
      changed *= b
      try agree(changed, (a + b - c) * b, "in place")
    }.check()
  }

  @Test func numbersAreOrderedAsTheirDifferences() throws {
    try Property("the order is that of differences and agrees with the sign", runs: 2000) {
      ($0.number(), $0.number(), $0.number())
    } holds: { a, b, c in
      try agree(a < b, (a - b).signum < 0, "a < b")
      try agree(a == b, (a - b).isZero, "a = b")
      try agree(a < b, a + c < b + c, "a + c < b + c")
      try agree(a.signum * b.signum, (a * b).signum, "the sign of a · b")
      try agree(a.magnitude, a.signum < 0 ? -a : a, "the magnitude")
      try hold(a != b || a.hashValue == b.hashValue, "equal numbers hash alike")
    }.check()
  }

  /// Against the standard library's own wide integers.
  @Test func smallNumbersAreThoseOfTheProcessor() throws {
    func wide(_ value: Int64) -> Int128 { Int128(value) }
    try Property("numbers of 64 bits agree with 128-bit arithmetic", runs: 2000) { choices in
      (choices.integer(in: Int64.min...Int64.max), choices.integer(in: Int64.min...Int64.max))
    } holds: { a, b in
      try agree(BigInteger(a) + BigInteger(b), BigInteger(wide(a) + wide(b)), "a + b")
      try agree(BigInteger(a) * BigInteger(b), BigInteger(wide(a) * wide(b)), "a · b")
      try agree(Int64(exactly: BigInteger(a)), a, "there and back")
      let sum = wide(a) + wide(b)
      try agree(Int64(exactly: BigInteger(sum)), Int64(exactly: sum), "what fits")
      try agree(BigInteger(sum).decimal, "\(sum)", "the text")
      guard b > 0 else { return }
      let remainder = (wide(a) % wide(b) + wide(b)) % wide(b)
      try agree(BigInteger(a).reduced(modulo: BigInteger(b)), BigInteger(remainder), "a mod b")
    }.check()
  }

  @Test func divisionIsTheIdentity() throws {
    try Property("a = q · d + r with 0 ≤ r < d", runs: 2000) {
      ($0.number(limbs: 0...8), $0.positive())
    } holds: { a, d in
      let (quotient, remainder) = try present(
        a.quotientAndRemainder(dividingBy: d), "the quotient")
      try agree(quotient * d + remainder, a, "q · d + r")
      try hold(remainder.signum >= 0 && remainder < d, "the remainder is \(remainder)")
      try agree(a.reduced(modulo: d), remainder, "the remainder alone")
      try hold(a.quotientAndRemainder(dividingBy: -d) == nil, "a negative divisor")
    }.check()
  }

  @Test func shiftsArePowersOfTwo() throws {
    try Property("shifts multiply and divide by powers of two", runs: 2000) {
      ($0.number(), $0.integer(in: 0...400))
    } holds: { a, bits in
      let power = BigInteger(2).raised(to: bits)
      try agree(a << bits, a * power, "to the left")
      try agree((a << bits) >> bits, a, "to the left and back")
      try agree(a << -bits, a >> bits, "a negative count")
      let parts = a.quotientAndRemainder(dividingBy: power)
      try agree(a >> bits, parts?.quotient, "to the right")
      try agree(a.lowBits(bits), parts?.remainder, "the low bits")
      try agree((a.magnitude << bits).bitCount, a.isZero ? 0 : a.bitCount + bits, "the bits")
    }.check()
  }

  @Test func divisorsAndInversesAreWhatTheyAre() throws {
    try Property("common divisors divide, inverses multiply to 1", runs: 1000) {
      ($0.number(limbs: 0...3), $0.positive(limbs: 1...3), $0.positive(limbs: 1...2))
    } holds: { a, b, factor in
      let divisor = a.greatestCommonDivisor(with: b)
      try agree(a.reduced(modulo: divisor), 0, "a modulo the divisor")
      try agree(b.reduced(modulo: divisor), 0, "b modulo the divisor")
      try agree(divisor, b.greatestCommonDivisor(with: a.reduced(modulo: b) ?? 0), "Euclid's step")
      try agree(
        (a * factor).greatestCommonDivisor(with: b * factor), divisor * factor, "a common factor")
      let inverse = a.inverse(modulo: b)
      try agree(inverse != nil, divisor == 1, "whether there is an inverse")
      if let inverse {
        try agree((inverse * a).reduced(modulo: b), BigInteger(1).reduced(modulo: b), "a · a^-1")
        try hold(inverse.signum >= 0 && inverse < b, "the inverse is \(inverse)")
      }
    }.check()
  }

  @Test func powersObeyTheirLaws() throws {
    struct Case: CustomStringConvertible {
      let (a, b, m): (BigInteger, BigInteger, BigInteger)
      let (x, y): (BigInteger, BigInteger)
      let small: Int
      var description: String { "a \(a), b \(b), x \(x), y \(y), modulo \(m), small \(small)" }
    }
    try Property("powers turn sums into products", runs: 500) { choices in
      Case(
        a: choices.number(limbs: 0...3), b: choices.number(limbs: 0...3),
        m: choices.positive(limbs: 1...3), x: choices.magnitude(limbs: 0...2),
        y: choices.magnitude(limbs: 0...2), small: choices.integer(in: 0...40))
    } holds: { made in
      let (a, b, m, x, y) = (made.a, made.b, made.m, made.x, made.y)
      func power(_ base: BigInteger, _ exponent: BigInteger) throws -> BigInteger {
        try present(base.power(variableTime: exponent, modulo: m), "the power")
      }
      func product(_ a: BigInteger, _ b: BigInteger) -> BigInteger? { (a * b).reduced(modulo: m) }
      try agree(try power(a, x + y), product(try power(a, x), try power(a, y)), "a^(x + y)")
      try agree(try power(a * b, x), product(try power(a, x), try power(b, x)), "(a · b)^x")
      try agree(try power(a, x * y), try power(try power(a, x), y), "a^(x · y)")
      try agree(
        try power(a, BigInteger(made.small)), a.raised(to: made.small).reduced(modulo: m),
        "a small power")
      let repeated = (0..<made.small).reduce(BigInteger(1)) { result, _ in result * a }
      try agree(a.raised(to: made.small), repeated, "factor by factor")
      let root = x.squareRoot ?? 0
      try hold(root * root <= x && x < (root + 1) * (root + 1), "the root is \(root)")
    }.check()
  }

  @Test func everyFormGoesBothWays() throws {
    try Property("text, bytes and limbs are read as they were written", runs: 1000) {
      ($0.number(), $0.integer(in: 0...5))
    } holds: { a, more in
      try agree(BigInteger(decimal: a.decimal), a, "decimal text")
      try agree(BigInteger(hexadecimal: a.hexadecimal), a, "hexadecimal text")
      let magnitude = a.magnitude
      let (byteCount, limbCount) = ((a.bitCount + 7) / 8, (a.bitCount + 63) / 64)
      let bytes = magnitude.bigEndianBytes(count: byteCount + more)
      try agree(bytes.map { BigInteger(bigEndianBytes: $0) }, magnitude, "bytes")
      try agree(bytes?.count, byteCount + more, "the number of bytes")
      try hold(byteCount == 0 || magnitude.bigEndianBytes(count: byteCount - 1) == nil, "too few")
      let limbs = magnitude.limbs(count: limbCount + more)
      try agree(limbs.map { BigInteger(limbs: $0) }, magnitude, "limbs")
      try agree(limbs?.count, limbCount + more, "the number of limbs")
    }.check()
  }
}
