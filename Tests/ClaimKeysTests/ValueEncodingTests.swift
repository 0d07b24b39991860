import BigInteger
import ClaimKeys
import SecureMemory
import Testing

@Suite struct ValueEncodingTests {
  private struct Case: CustomStringConvertible {
    let largest: UInt128
    let capacity: Int
    let modulus: UInt64

    var encoding: ValueEncoding? {
      ValueEncoding(largest: largest, capacity: capacity, plaintextModulus: modulus)
    }

    var description: String { "up to \(largest), \(capacity) records, modulus \(modulus)" }
  }

  /// Bounds, capacities and moduli at and around where another limb is needed.
  private static func cases() -> [Case] {
    var random = SeedExpander(seed: [3], domain: "value encoding tests")
    let edges: [(UInt128, Int, UInt64)] = [
      (1, 1, 3), (2, 1, 5), (3, 1, 5), (4, 1, 5), (5, 1, 5), (1 << 40, 1 << 21, 1 << 49),
      ((1 << 60) - 1, 4, 97), (1, 1 << 40, (1 << 42) + 1),
      // The widest ranges, and their products, over many records.
      (1 << 62, 1 << 20, 1 << 49), (1 << 62, 1 << 20, (1 << 22) + 1),
      (1 << 124, 1 << 20, 1 << 49), ((1 << 126) - 1, 1 << 20, (1 << 23) + 9),
      ((1 << 127) - 1, 1 << 40, (1 << 49) - 1), ((1 << 127) - 1, 1, 5),
    ]
    var cases = edges.map { Case(largest: $0.0, capacity: $0.1, modulus: $0.2) }
    for _ in 0..<400 {
      let capacityBits = random.uniform(below: 30)
      let capacity = 1 + random.uniform(below: 1 << capacityBits)
      let largestBits = 1 + random.uniform(below: 126)
      let modulusBits = max(capacityBits + 3, 4 + random.uniform(below: 46))
      cases.append(
        Case(
          largest: 1 + below(1 << UInt128(largestBits), &random), capacity: Int(capacity),
          modulus: (1 << modulusBits) + random.uniform(below: 1000)))
    }
    return cases
  }

  /// A number below the bound; not quite uniform.
  private static func below(_ bound: UInt128, _ random: inout SeedExpander) -> UInt128 {
    let (high, low) = (random.uniform(below: .max), random.uniform(below: .max))
    return (UInt128(high) << 64 | UInt128(low)) % bound
  }

  private static func values(upTo largest: UInt128) -> [Int128] {
    let bound = Int128(largest)
    var random = SeedExpander(seed: [4], domain: "value encoding tests")
    var values = [-bound, -bound + 1, bound - 1, bound]
    for _ in 0..<10 {
      let magnitude = Int128(below(largest, &random))
      values += [magnitude, -magnitude]
    }
    for shift in 0..<126 {
      let power = Int128(1) << Int128(shift)
      values += [power - 1, power, power + 1, 1 - power, -power, -power - 1]
    }
    return values.filter { $0.magnitude <= largest }
  }

  @Test func valuesRoundTrip() {
    for item in ValueEncodingTests.cases() {
      guard let encoding = item.encoding else { continue }
      for value in ValueEncodingTests.values(upTo: item.largest) {
        let limbs = encoding.limbs(of: value)
        #expect(limbs.count == encoding.limbCount)
        #expect(encoding.value(ofLimbSums: limbs) == BigInteger(value), "\(value), \(item)")
        #expect(limbs.dropLast().allSatisfy { $0 >= 0 && $0 >> Int64(encoding.limbBits) == 0 })
      }
    }
  }

  @Test func sumsOverTheCapacityFit() throws {
    var severalLimbs = 0
    for item in ValueEncodingTests.cases() {
      guard let encoding = item.encoding else {
        // Only when not even one bit fits.
        let limit = (item.modulus - 1) / 2 / UInt64(item.capacity)
        #expect(limit < 2 && item.largest > UInt128(limit))
        continue
      }
      severalLimbs += encoding.limbCount > 1 ? 1 : 0
      let half = (item.modulus - 1) / 2
      for value in ValueEncodingTests.values(upTo: item.largest) {
        // The worst that a table can hold: the same value in every record.
        let sums = try encoding.limbs(of: value).map { limb in
          let (sum, overflow) = limb.multipliedReportingOverflow(by: Int64(item.capacity))
          try #require(!overflow)
          return sum
        }
        #expect(sums.allSatisfy { $0.magnitude <= half }, "\(value), \(item)")
        #expect(
          encoding.value(ofLimbSums: sums) == BigInteger(value) * BigInteger(item.capacity),
          "\(value), \(item)")
      }
    }
    #expect(severalLimbs > 300)
  }

  /// The bound is at its edge: one record more, and the largest limb could pass it.
  @Test func oneRecordMoreThanTheCapacityCouldWrap() throws {
    for (largest, capacity) in [(UInt128(1000), 50), (1 << 62, 1 << 20), (1 << 124, 1 << 20)] {
      // Whole values, or limbs of 20 bits.
      let limb = largest < 1 << 20 ? UInt64(largest) : 1 << 20
      let modulus = 2 * limb * UInt64(capacity) + 1
      let encoding = try #require(
        ValueEncoding(largest: largest, capacity: capacity, plaintextModulus: modulus))
      #expect(encoding.limbCount == 1 || encoding.limbBits == 20)
      let fuller = ValueEncoding(
        largest: largest, capacity: capacity + 1, plaintextModulus: modulus)
      let narrower = ValueEncoding(
        largest: largest, capacity: capacity, plaintextModulus: modulus - 1)
      for other in [fuller, narrower] {
        #expect(try #require(other).limbBits < encoding.limbBits)
      }
    }
  }

  @Test func limbsAreAsFewAsTheyCanBe() {
    for item in ValueEncodingTests.cases() {
      guard let encoding = item.encoding else { continue }
      let limit = (item.modulus - 1) / 2 / UInt64(item.capacity)
      guard item.largest > UInt128(limit) else {
        #expect(encoding.limbCount == 1)
        continue
      }
      // A wider limb would not fit, and one limb less would not hold the largest value.
      #expect(1 << UInt64(encoding.limbBits) <= limit)
      #expect(1 << UInt64(encoding.limbBits + 1) > limit)
      #expect(item.largest >> UInt128(encoding.limbBits * (encoding.limbCount - 1)) > 0)
    }
  }

  @Test func sumsOfDifferentValues() throws {
    let encoding = try #require(
      ValueEncoding(largest: 1_000_000_000, capacity: 3000, plaintextModulus: 300_007))
    #expect(encoding.limbCount == 6)
    var random = SeedExpander(seed: [5], domain: "value encoding tests")
    let values = (0..<3000).map { _ in Int64(random.uniform(below: 2_000_000_001)) - 1_000_000_000 }
    var sums = [Int64](repeating: 0, count: encoding.limbCount)
    for value in values {
      for (index, limb) in encoding.limbs(of: Int128(value)).enumerated() { sums[index] += limb }
    }
    #expect(encoding.value(ofLimbSums: sums) == BigInteger(values.reduce(0, +)))
  }

  @Test func sumsOfProductsOfTheWidestRange() throws {
    let edge = Int128(1) << 62
    let encoding = try #require(
      ValueEncoding(
        largest: (edge * edge).magnitude, capacity: 1000, plaintextModulus: (1 << 45) + 1))
    let values = [edge * edge, -(edge * edge), edge * (1 - edge), edge * edge, 0, -1]
    var sums = [Int64](repeating: 0, count: encoding.limbCount)
    for value in values {
      for (index, limb) in encoding.limbs(of: value).enumerated() { sums[index] += limb }
    }
    // 2^124 − 2^124 + (2^62 − 2^124) + 2^124 − 1.
    #expect(encoding.value(ofLimbSums: sums) == BigInteger(4_611_686_018_427_387_903))
  }

  @Test func whatNoModulusHoldsIsNil() {
    #expect(ValueEncoding(largest: 1, capacity: 10, plaintextModulus: 19) == nil)
    #expect(ValueEncoding(largest: 2, capacity: 10, plaintextModulus: 23) == nil)
    #expect(ValueEncoding(largest: 1, capacity: 10, plaintextModulus: 21)?.limbCount == 1)
    #expect(ValueEncoding(largest: 1 << 124, capacity: 1 << 20, plaintextModulus: 1 << 20) == nil)
  }
}
