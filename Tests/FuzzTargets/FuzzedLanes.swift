import BigInteger
import CBigIntegerKernels

/// Eight pairs (x0, x1) for x0 + x1·m at a time, and what plain integers say of them.
struct FuzzedLanes {
  typealias Pair = (low: BigInteger, high: BigInteger)

  let root: BigInteger
  private let digitCount: Int
  private let modulus: [UInt]
  private let cover: [UInt]
  private let one: [UInt]
  private let negatedInverse: UInt

  init(root: BigInteger, digitCount: Int) throws {
    self.root = root
    self.digitCount = digitCount
    let radix = BigInteger(1) << (52 * digitCount)
    let word = BigInteger(1) << 52
    // The least multiple of m from R − 1 on stands in words of at least 2^52 − 1.
    guard let shortage = (1 - radix).reduced(modulo: root),
      let reduced = radix.reduced(modulo: root * root),
      let parts = reduced.quotientAndRemainder(dividingBy: root),
      let inverse = root.inverse(modulo: word)
    else { throw KernelDifference(description: "there is no such root") }
    modulus = FuzzedLanes.digits(root, count: digitCount)
    cover = FuzzedLanes.digits(shortage, count: digitCount).map { $0 + (1 << 52 - 1) }
    one =
      FuzzedLanes.digits(parts.remainder, count: digitCount)
      + FuzzedLanes.digits(parts.quotient, count: digitCount)
    negatedInverse = (word - inverse).lowLimb
  }

  /// - Throws: ``KernelDifference``.
  func compare(
    _ set: OpaquePointer, _ x: [Pair], _ y: [Pair], exponents: [UInt], bits: Int
  ) throws {
    let scratchCount = cryptally_lanes_scratch_limbs(digitCount)
    let (left, right) = (words(x), words(y))
    try check(
      "product", run(scratchCount) { cryptally_lanes_multiply(set, $0, left, right, $1, $2) },
      zip(x, y).map { value($0) * value($1) })
    try check(
      "square", run(scratchCount) { cryptally_lanes_square(set, $0, left, $1, $2) },
      x.map { value($0) * value($0) })
    let numbers = x.map { ($0.low << (52 * digitCount)) >> 1 }
    var digits = [UInt](repeating: 0, count: 16 * digitCount)
    for (lane, number) in numbers.enumerated() {
      for (index, digit) in FuzzedLanes.digits(number, count: 2 * digitCount).enumerated() {
        digits[8 * index + lane] = digit
      }
    }
    try check(
      "split", run(scratchCount) { cryptally_lanes_split(set, $0, digits, $1, $2) }, numbers)
    try comparePower(set, x, left, exponents, bits)
  }

  /// x^e·R^(1−e) modulo m².
  private func comparePower(
    _ set: OpaquePointer, _ x: [Pair], _ words: [UInt], _ exponents: [UInt], _ bits: Int
  ) throws {
    let found = run(cryptally_lanes_power_scratch_limbs(digitCount)) {
      cryptally_lanes_power(set, $0, words, exponents, bits, $1, $2)
    }
    let square = root * root
    let radix = BigInteger(1) << (52 * digitCount)
    guard let inverse = radix.inverse(modulo: square) else { return }
    let expected = try x.enumerated().map { lane, pair in
      let exponent = BigInteger(
        limbs: (0..<exponents.count / 8).map { exponents[8 * $0 + lane] }
      ).lowBits(bits)
      guard
        let base = (value(pair) * inverse).reduced(modulo: square),
        let power = base.power(variableTime: exponent, modulo: square)
      else { throw KernelDifference(description: "there is no power") }
      return power * radix * radix
    }
    try check("power", found, expected)
  }

  private func value(_ pair: Pair) -> BigInteger { pair.low + pair.high * root }

  private func words(_ pairs: [Pair]) -> [UInt] {
    var words = [UInt](repeating: 0, count: 16 * digitCount)
    for (lane, pair) in pairs.enumerated() {
      let digits =
        FuzzedLanes.digits(pair.low, count: digitCount)
        + FuzzedLanes.digits(pair.high, count: digitCount)
      for (index, digit) in digits.enumerated() { words[8 * index + lane] = digit }
    }
    return words
  }

  private func run(
    _ scratchCount: Int,
    _ body: (
      UnsafeMutablePointer<UInt>, UnsafePointer<cryptally_lane_modulus>,
      UnsafeMutablePointer<UInt>
    ) -> Void
  ) -> [UInt] {
    let result = FuzzedBuffer([UInt](repeating: .max, count: 16 * digitCount), isAligned: true)
    let scratch = FuzzedBuffer([UInt](repeating: .max, count: scratchCount), isAligned: true)
    modulus.withUnsafeBufferPointer { modulus in
      cover.withUnsafeBufferPointer { cover in
        one.withUnsafeBufferPointer { one in
          var constants = cryptally_lane_modulus(
            digits: digitCount, modulus: modulus.baseAddress, cover: cover.baseAddress,
            one: one.baseAddress, negated_inverse: negatedInverse)
          body(result.pointer, &constants, scratch.pointer)
        }
      }
    }
    return result.elements
  }

  /// The lanes are the numbers divided by R modulo m², their digits and parts in range.
  private func check(_ what: String, _ words: [UInt], _ numbers: [BigInteger]) throws {
    let square = root * root
    for (lane, number) in numbers.enumerated() {
      let parts = (0..<2).map { part in
        (0..<digitCount).reduce(BigInteger(0)) { sum, digit in
          sum + BigInteger(limbs: [words[8 * (part * digitCount + digit) + lane]]) << (52 * digit)
        }
      }
      let restored = (parts[0] + parts[1] * root) << (52 * digitCount)
      guard words.allSatisfy({ $0 >> 52 == 0 }), parts.allSatisfy({ $0 < 2 * root }),
        restored.reduced(modulo: square) == number.reduced(modulo: square)
      else {
        throw KernelDifference(description: "\(what) of \(digitCount) digits, lane \(lane)")
      }
    }
  }

  private static func digits(_ number: BigInteger, count: Int) -> [UInt] {
    (0..<count).map { (number >> (52 * $0)).lowBits(52).lowLimb }
  }
}
