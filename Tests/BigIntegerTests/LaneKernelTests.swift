import BigInteger
import CBigIntegerKernels
import SecureMemory
import Testing

/// The kernels on pairs that no product of reduced numbers would give: parts anywhere up to 2 m − 1.
@Suite(.enabled(if: !LaneSample.kernels.isEmpty, "no lanes on this processor"))
struct LaneKernelTests {
  @Test(arguments: LaneSample.digitCounts)
  func partsUpToTwiceTheRootAreTaken(_ digitCount: Int) throws {
    var source = SeedExpander(seed: [50], domain: "lane kernels")
    for m in LaneSample.roots(digitCount: digitCount, using: &source) {
      let kernel = try LaneKernel(root: m, digitCount: digitCount)
      let largest = 2 * m - 1
      let edges = [largest, 0, 1, m, m - 1, m + 1, largest - 1]
      for round in 0..<3 {
        var parts: [BigInteger] = []
        for index in 0..<32 {
          let random = BigInteger.random(bitCount: m.bitCount + 65, using: &source)
          let edge = edges[(index * (round + 1) + round) % edges.count]
          parts.append(
            round == 0
              ? largest
              : index.isMultiple(of: 3)
                ? edge : try #require(random.reduced(modulo: 2 * m)))
        }
        let x = zip(parts[0..<8], parts[8..<16]).map { Pair(low: $0, high: $1) }
        let y = zip(parts[16..<24], parts[24..<32]).map { Pair(low: $0, high: $1) }
        try kernel.checkProducts(x, y)
        let numbers = parts[0..<8].map { ($0 << (digitCount * 52)) >> 1 }
        try kernel.checkSplit(numbers)
      }
    }
  }

  @Test func numbersGoIntoLanesAndBack() {
    var source = SeedExpander(seed: [51], domain: "lane kernels")
    for digits in 1...40 {
      for limbs in 1...33 {
        let numbers = (0..<8).map { _ in BigInteger.random(bitCount: limbs * 64, using: &source) }
        var words = numbers.flatMap { $0.limbs(count: limbs) ?? [] }
        var lanes = [UInt](repeating: .max, count: 8 * digits)
        cryptally_lanes_load(&lanes, digits, words, limbs)
        for (lane, number) in numbers.enumerated() {
          for digit in 0..<digits {
            #expect(lanes[8 * digit + lane] == (number >> (52 * digit)).lowBits(52).lowLimb)
          }
        }
        for index in words.indices { words[index] = .max }
        cryptally_lanes_store(&words, limbs, lanes, digits)
        for (lane, number) in numbers.enumerated() {
          #expect(
            BigInteger(limbs: words[lane * limbs..<(lane + 1) * limbs])
              == number.lowBits(min(52 * digits, 64 * limbs)))
        }
      }
    }
  }

  @Test(arguments: [16, 32, 64, 256]) func sharedRowsAreLookedUp(_ entries: Int) throws {
    let digits = 8
    let row = (0..<UInt(entries * 2 * digits)).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
    let kernels = try LaneKernel.set()
    for first in 0..<entries + 3 {
      let indices = (0..<8).map { UInt((first + $0 * 5) % (entries + 3)) }
      var result = [UInt](repeating: .max, count: 16 * digits)
      cryptally_lanes_select_shared(kernels, &result, row, entries, digits, indices)
      for digit in 0..<2 * digits {
        for (lane, index) in indices.enumerated() {
          let expected = index < entries ? row[digit * entries + Int(index)] : 0
          #expect(result[8 * digit + lane] == expected)
        }
      }
    }
  }

  private struct Pair {
    let low: BigInteger
    let high: BigInteger
  }

  /// The constants of one root, calculated with plain integers.
  private struct LaneKernel {
    let root: BigInteger
    let digitCount: Int
    let kernels: OpaquePointer
    let modulus: [UInt]
    let cover: [UInt]
    let one: [UInt]
    let negatedInverse: UInt

    init(root: BigInteger, digitCount: Int) throws {
      self.root = root
      self.digitCount = digitCount
      kernels = try LaneKernel.set()
      let radix = BigInteger(1) << (52 * digitCount)
      modulus = LaneKernel.digits(root, count: digitCount)
      // The least multiple of m from R − 1 on.
      let shortage = try #require((1 - radix).reduced(modulo: root))
      cover = LaneKernel.digits(shortage, count: digitCount).map { $0 + (1 << 52 - 1) }
      let reduced = try #require(radix.reduced(modulo: root * root))
      let parts = try #require(reduced.quotientAndRemainder(dividingBy: root))
      one =
        LaneKernel.digits(parts.remainder, count: digitCount)
        + LaneKernel.digits(parts.quotient, count: digitCount)
      let word = BigInteger(1) << 52
      let inverse = try #require(root.inverse(modulo: word))
      negatedInverse = (word - inverse).lowLimb
    }

    static func set() throws -> OpaquePointer {
      try #require(
        (0..<cryptally_integer_kernels_count()).compactMap(cryptally_integer_kernels_at)
          .first { cryptally_integer_kernels_has_lanes($0) != 0 })
    }

    static func digits(_ number: BigInteger, count: Int) -> [UInt] {
      (0..<count).map { (number >> (52 * $0)).lowBits(52).lowLimb }
    }

    func checkProducts(_ x: [Pair], _ y: [Pair]) throws {
      let (left, right) = (words(x), words(y))
      let products = run { cryptally_lanes_multiply(kernels, $0, left, right, $1, $2) }
      try check(products, zip(x, y).map { value($0) * value($1) })
      let squares = run { cryptally_lanes_square(kernels, $0, left, $1, $2) }
      try check(squares, x.map { value($0) * value($0) })
    }

    func checkSplit(_ numbers: [BigInteger]) throws {
      var digits = [UInt](repeating: 0, count: 16 * digitCount)
      for (lane, number) in numbers.enumerated() {
        for (index, digit) in LaneKernel.digits(number, count: 2 * digitCount).enumerated() {
          digits[8 * index + lane] = digit
        }
      }
      let pairs = run { cryptally_lanes_split(kernels, $0, digits, $1, $2) }
      try check(pairs, numbers)
    }

    private func value(_ pair: Pair) -> BigInteger { pair.low + pair.high * root }

    private func words(_ pairs: [Pair]) -> [UInt] {
      var words = [UInt](repeating: 0, count: 16 * digitCount)
      for (lane, pair) in pairs.enumerated() {
        let digits =
          LaneKernel.digits(pair.low, count: digitCount)
          + LaneKernel.digits(pair.high, count: digitCount)
        for (index, digit) in digits.enumerated() { words[8 * index + lane] = digit }
      }
      return words
    }

    private func run(
      _ body: (
        UnsafeMutablePointer<UInt>, UnsafePointer<cryptally_lane_modulus>,
        UnsafeMutablePointer<UInt>
      ) -> Void
    ) -> [UInt] {
      var result = [UInt](repeating: .max, count: 16 * digitCount)
      var scratch = [UInt](repeating: .max, count: cryptally_lanes_scratch_limbs(digitCount))
      modulus.withUnsafeBufferPointer { modulus in
        cover.withUnsafeBufferPointer { cover in
          one.withUnsafeBufferPointer { one in
            var constants = cryptally_lane_modulus(
              digits: digitCount, modulus: modulus.baseAddress, cover: cover.baseAddress,
              one: one.baseAddress, negated_inverse: negatedInverse)
            body(&result, &constants, &scratch)
          }
        }
      }
      return result
    }

    /// The lanes are the numbers divided by R modulo m², their digits and parts in range.
    private func check(_ words: [UInt], _ numbers: [BigInteger]) throws {
      #expect(words.allSatisfy { $0 >> 52 == 0 })
      let square = root * root
      for (lane, number) in numbers.enumerated() {
        let parts = (0..<2).map { part in
          (0..<digitCount).reduce(BigInteger(0)) { sum, digit in
            sum + BigInteger(words[8 * (part * digitCount + digit) + lane]) << (52 * digit)
          }
        }
        #expect(parts.allSatisfy { $0 < 2 * root })
        let restored = (parts[0] + parts[1] * root) << (52 * digitCount)
        #expect(restored.reduced(modulo: square) == number.reduced(modulo: square))
      }
    }
  }
}
