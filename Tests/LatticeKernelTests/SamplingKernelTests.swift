import CLatticeKernels
import Testing
import _TestSupport

/// The samplers against their byte-by-byte definition.
@Suite struct SamplingKernelTests {
  private static let counts = [0, 1, 2, 7, 8, 9, 15, 16, 31, 33, 63, 64, 65, 127, 129, 1000, 4096]

  /// Little endian words of 48 bits: bits 0 to 20 less bits 21 to 41.
  private static func centredBinomial(_ bytes: [UInt8]) -> [Int8] {
    stride(from: 0, to: bytes.count, by: 6).map { start in
      var value = 0
      for bit in 0..<42 where bytes[start + bit / 8] >> UInt8(bit % 8) & 1 == 1 {
        value += bit < 21 ? 1 : -1
      }
      return Int8(value)
    }
  }

  @Test(arguments: [8, 16, 24, 64, 136, 1024])
  func centredBinomials(n: Int) {
    var generator = SeededGenerator(seed: UInt64(n))
    var inputs: [[UInt8]] = [0x00, 0xFF, 0x55, 0xAA].map { [UInt8](repeating: $0, count: 6 * n) }
    inputs += (0..<8).map { _ in (0..<6 * n).map { _ in UInt8.random(using: &generator) } }
    // One bit at a time, through all 48 of them.
    inputs += (0..<48).map { bit in
      (0..<6 * n).map { $0 % 6 == bit / 8 ? 1 << UInt8(bit % 8) : 0 }
    }
    for (index, bytes) in inputs.enumerated() {
      let alignment = OperandAlignment.allCases[index % 2]
      let input = Operand(bytes, alignment)
      let out = Operand<Int8>(count: n, alignment)
      for path in KernelPath.all {
        out.forget()
        path.kernels.centred_binomial(out.pointer, input.pointer, n)
        out.expect(Self.centredBinomial(bytes), "\(path.name) centred_binomial, input \(index)")
      }
    }
  }

  @Test func ternaryValuesLeaveOut255() {
    for count in Self.counts {
      var generator = SeededGenerator(seed: UInt64(count))
      // All bytes in order; none accepted; every other one; in blocks; any; none left out.
      let inputs: [[UInt8]] = [
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) },
        [UInt8](repeating: 255, count: count),
        (0..<count).map { $0.isMultiple(of: 2) ? 255 : 254 },
        (0..<count).map { $0 / 11 % 2 == 0 ? 255 : 253 },
        (0..<count).map { _ in generator.next() & 3 == 0 ? UInt8.random(using: &generator) : 255 },
        (0..<count).map { _ in UInt8.random(using: &generator) },
        (0..<count).map { _ in UInt8.random(in: 0...254, using: &generator) },
      ]
      for (index, bytes) in inputs.enumerated() {
        let expected = bytes.filter { $0 < 255 }.map { Int8($0 % 3) - 1 }
        let alignment = OperandAlignment.allCases[index % 2]
        let input = Operand(bytes, alignment)
        let out = Operand<Int8>(count: count, alignment)
        for path in KernelPath.all {
          let name = "\(path.name) ternary, \(count) bytes, input \(index)"
          out.forget()
          let written = path.kernels.ternary(out.pointer, input.pointer, count)
          #expect(written == expected.count, "\(name)")
          out.expect(expected, name)
        }
      }
    }
  }

  @Test func uniformValuesAreDrawnByRejection() {
    let moduli = KernelModuli.all
    for (modulusIndex, modulus) in moduli.enumerated() {
      let q = modulus.q
      let mask = UInt64.max >> UInt64((q - 1).leadingZeroBitCount)
      for turn in 0..<4 {
        let count = Self.counts[(modulusIndex + 4 * turn) % Self.counts.count]
        var generator = SeededGenerator(seed: q &+ UInt64(turn))
        // Around the modulus with anything above its bits, the largest, any.
        let inputs: [[UInt64]] = [
          (0..<count).map { k in
            let near = [q - 1, q, q &+ 1, mask, 0][k % 5]
            return near & mask | generator.next() & ~mask
          },
          [UInt64](repeating: .max, count: count),
          (0..<count).map { k in
            // Runs of words that are left out, if any are.
            k / 13 % 2 == 0 ? generator.next() | mask : generator.next() % q
          },
          (0..<count).map { _ in generator.next() },
        ]
        for (index, words) in inputs.enumerated() {
          let expected = words.map { $0 & mask }.filter { $0 < q }
          let alignment = OperandAlignment.allCases[(index + turn) % 2]
          let input = Operand(words, alignment)
          let out = Operand<UInt64>(count: count, alignment)
          for path in KernelPath.all {
            let name = "\(path.name) uniform, \(count) words, q = \(q), input \(index)"
            out.forget()
            let written = path.kernels.uniform(out.pointer, input.pointer, count, q)
            #expect(written == expected.count, "\(name)")
            out.expect(expected, name)
            // The words are drawn where the residues will stand.
            let writtenInPlace = path.kernels.uniform(input.pointer, input.pointer, count, q)
            #expect(writtenInPlace == expected.count, "\(name), in place")
            input.expect(expected, "\(name), in place")
            input.fill(words)
          }
        }
      }
    }
  }

  @Test func smallValuesAreLifted() {
    for modulus in KernelModuli.all {
      let limit = Int64(clamping: min(modulus.q - 1, 127))
      // All of them, as often as a multiple of 8 takes.
      let values = (0..<264).map { Int8(Int64($0) % (2 * limit + 1) - limit) }
      let lowest: [Int8] = modulus.q > 128 ? [Int8](repeating: -128, count: 8) : []
      let input = values + lowest
      let expected = input.map { modulus.residue(Int64($0)) }
      for alignment in OperandAlignment.allCases {
        let operand = Operand(input, alignment)
        let out = Operand<UInt64>(count: input.count, alignment)
        for path in KernelPath.all {
          out.forget()
          path.kernels.lift_signed(out.pointer, operand.pointer, input.count, modulus.q)
          out.expect(expected, "\(path.name) lift_signed, q = \(modulus.q)")
        }
      }
    }
  }
}

extension UInt8 {
  fileprivate static func random(using generator: inout SeededGenerator) -> UInt8 {
    UInt8(truncatingIfNeeded: generator.next() >> 32)
  }
}
