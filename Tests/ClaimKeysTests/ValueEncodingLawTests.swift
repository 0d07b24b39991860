import BigInteger
import ClaimKeys
import Testing
import _TestSupport

/// Sums of limbs are sums of values, over random ranges, capacities and moduli.
@Suite struct ValueEncodingLawTests {
  private struct Case: CustomStringConvertible {
    let largest: UInt128
    let capacity: Int
    let modulus: UInt64
    /// Values with how often each is added.
    let values: [(value: Int128, count: Int)]

    init(_ choices: inout Choices) {
      let bits: Int = choices.integer(in: 0...126)
      let low: UInt64 = choices.integer(in: 0...UInt64.max)
      let high: UInt64 = choices.integer(in: 0...UInt64.max)
      let largest = max(1, (UInt128(high) << 64 | UInt128(low)) & (1 << UInt128(bits) - 1))
      let capacity: Int = choices.integer(in: 1...1 << 24)
      self.largest = largest
      self.capacity = capacity
      modulus = choices.integer(in: 5...1 << 50)
      var left = capacity
      values = choices.array(count: 0...6) { choices in
        let count: Int = choices.integer(in: 0...left)
        left -= count
        let isNegative = choices.bool()
        let distance: UInt64 = choices.integer(in: 0...UInt64.max)
        // From the largest downwards or from zero upwards.
        let magnitude =
          choices.bool()
          ? largest - min(UInt128(distance), largest) : min(UInt128(distance), largest)
        return (isNegative ? -Int128(magnitude) : Int128(magnitude), count)
      }
    }

    var description: String {
      "up to \(largest), capacity \(capacity), modulus \(modulus), \(values)"
    }
  }

  @Test func sumsOfLimbsAreSumsOfValues() throws {
    try Property("the limbs' sums fit the modulus and give the values' sum", runs: 3000) {
      Case(&$0)
    } holds: { made in
      let encoding = ValueEncoding(
        largest: made.largest, capacity: made.capacity, plaintextModulus: made.modulus)
      guard let encoding else { throw Discarded() }
      var sums = [Int64](repeating: 0, count: encoding.limbCount)
      for (value, count) in made.values {
        let limbs = encoding.limbs(of: value)
        try agree(limbs.count, encoding.limbCount, "the number of limbs")
        try agree(encoding.value(ofLimbSums: limbs), BigInteger(value), "one value")
        for index in sums.indices { sums[index] += limbs[index] * Int64(count) }
      }
      let bound = (made.modulus - 1) / 2
      try hold(sums.allSatisfy { $0.magnitude <= bound }, "\(sums) wrap modulo \(made.modulus)")
      let total = made.values.reduce(BigInteger(0)) {
        $0 + BigInteger($1.value) * BigInteger($1.count)
      }
      try agree(encoding.value(ofLimbSums: sums), total, "the sum")
    }.check()
  }
}
