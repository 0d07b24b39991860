import ClaimKeys
import SecureMemory
import Testing

@Suite struct ValueEncodingTests {
  /// Bounds, capacities and moduli at and around where another limb is needed.
  private static func cases() -> [(largest: UInt64, capacity: Int, modulus: UInt64)] {
    var random = SeedExpander(seed: [3], domain: "value encoding tests")
    var cases: [(UInt64, Int, UInt64)] = [
      (1, 1, 3), (2, 1, 5), (3, 1, 5), (4, 1, 5), (5, 1, 5), (1 << 40, 1 << 21, 1 << 49),
      ((1 << 60) - 1, 4, 97), (1, 1 << 40, (1 << 42) + 1),
    ]
    for _ in 0..<400 {
      let capacityBits = random.uniform(below: 30)
      let capacity = 1 + random.uniform(below: 1 << capacityBits)
      let largestBits = 1 + random.uniform(below: 61 - capacityBits)
      let largest = 1 + random.uniform(below: 1 << largestBits)
      let modulusBits = max(capacityBits + 3, 4 + random.uniform(below: 46))
      cases.append((largest, Int(capacity), (1 << modulusBits) + random.uniform(below: 1000)))
    }
    return cases
  }

  private static func values(upTo largest: UInt64) -> [Int64] {
    let bound = Int64(largest)
    var random = SeedExpander(seed: [4], domain: "value encoding tests")
    var values = [-bound, -bound + 1, bound - 1, bound]
    for _ in 0..<20 {
      values.append(Int64(random.uniform(below: 2 * largest + 1)) - bound)
    }
    for shift in 0..<61 {
      let power = Int64(1) << Int64(shift)
      values += [power - 1, power, power + 1, 1 - power, -power, -power - 1]
    }
    return values.filter { $0.magnitude <= largest }
  }

  @Test func valuesRoundTrip() throws {
    for (largest, capacity, modulus) in ValueEncodingTests.cases() {
      guard
        let encoding = ValueEncoding(
          largest: largest, capacity: capacity, plaintextModulus: modulus)
      else { continue }
      for value in ValueEncodingTests.values(upTo: largest) {
        let limbs = encoding.limbs(of: value)
        #expect(limbs.count == encoding.limbCount)
        #expect(encoding.value(ofLimbSums: limbs) == value)
        #expect(limbs.dropLast().allSatisfy { $0 >= 0 && $0 >> Int64(encoding.limbBits) == 0 })
      }
    }
  }

  @Test func sumsOverTheCapacityFit() throws {
    var severalLimbs = 0
    for (largest, capacity, modulus) in ValueEncodingTests.cases() {
      guard
        let encoding = ValueEncoding(
          largest: largest, capacity: capacity, plaintextModulus: modulus)
      else {
        // Only when not even one bit fits.
        let limit = (modulus - 1) / 2 / UInt64(capacity)
        #expect(limit < 2 && largest > limit)
        continue
      }
      severalLimbs += encoding.limbCount > 1 ? 1 : 0
      let half = Int64((modulus - 1) / 2)
      for value in ValueEncodingTests.values(upTo: largest) {
        // The worst that a table can hold: the same value in every record.
        let sums = try encoding.limbs(of: value).map { limb in
          let (sum, overflow) = limb.multipliedReportingOverflow(by: Int64(capacity))
          try #require(!overflow)
          return sum
        }
        #expect(sums.allSatisfy { $0.magnitude <= UInt64(half) })
        #expect(encoding.value(ofLimbSums: sums) == value * Int64(capacity))
      }
    }
    #expect(severalLimbs > 100)
  }

  @Test func limbsAreAsFewAsTheyCanBe() throws {
    for (largest, capacity, modulus) in ValueEncodingTests.cases() {
      guard
        let encoding = ValueEncoding(
          largest: largest, capacity: capacity, plaintextModulus: modulus)
      else { continue }
      let limit = (modulus - 1) / 2 / UInt64(capacity)
      guard largest > limit else {
        #expect(encoding.limbCount == 1)
        continue
      }
      // A wider limb would not fit, and one limb less would not hold the largest value.
      #expect(1 << UInt64(encoding.limbBits) <= limit)
      #expect(1 << UInt64(encoding.limbBits + 1) > limit)
      #expect(largest >> UInt64(encoding.limbBits * (encoding.limbCount - 1)) > 0)
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
      for (index, limb) in encoding.limbs(of: value).enumerated() { sums[index] += limb }
    }
    #expect(encoding.value(ofLimbSums: sums) == values.reduce(0, +))
  }

  @Test func whatNoValueCanBeIsNil() throws {
    let encoding = try #require(
      ValueEncoding(largest: 1 << 59, capacity: 4, plaintextModulus: 1 << 30))
    let impossible = [Int64](repeating: .max, count: encoding.limbCount)
    #expect(encoding.value(ofLimbSums: impossible) == nil)
    #expect(ValueEncoding(largest: 1, capacity: 10, plaintextModulus: 19) == nil)
    #expect(ValueEncoding(largest: 2, capacity: 10, plaintextModulus: 23) == nil)
    #expect(ValueEncoding(largest: 1, capacity: 10, plaintextModulus: 21)?.limbCount == 1)
  }
}
