import CLatticeKernels
import Testing
import _TestSupport

/// Slots written and read in any order, and what is said about values out of range.
@Suite struct SlotKernelTests {
  private static let odd = KernelModuli.all.filter { $0.q & 1 == 1 }
  private static let lengths = [8, 16, 24, 64, 136, 1024]

  /// Values up to both limits.
  private static func values(
    _ count: Int, _ modulus: KernelModulus, using generator: inout SeededGenerator
  ) -> [Int64] {
    let limit = Int64((modulus.q - 1) / 2)
    return (0..<count).map { k in
      switch k % 5 {
      case 0: limit
      case 1: -limit
      case 2: 0
      default: Int64.random(in: -limit...limit, using: &generator)
      }
    }
  }

  @Test func valuesArePlacedWhereTheyBelong() {
    var generator = SeededGenerator(seed: 6)
    for (index, modulus) in Self.odd.enumerated() {
      let n = Self.lengths[index % Self.lengths.count]
      var slots = (0..<UInt32(n)).shuffled(using: &generator)
      // Slots that there is no value for, far away and next to the last.
      slots[n / 2] = .max
      slots[n / 3] = UInt32(n)
      let alignment = OperandAlignment.allCases[index % 2]
      for count in [0, 1, n / 2, n - 1, n] {
        let values = Self.values(count, modulus, using: &generator)
        let expected = slots.map { slot in
          slot < count ? modulus.residue(values[Int(slot)]) : 0
        }
        let input = Operand(values, alignment)
        let positions = Operand(slots, alignment)
        let out = Operand<UInt64>(count: n, alignment)
        for path in KernelPath.all {
          let name = "\(path.name) place_slots, \(count) of \(n), q = \(modulus.q)"
          out.forget()
          let outside = path.kernels.place_slots(
            out.pointer, input.pointer, count, positions.pointer, n, modulus.q)
          #expect(outside == 0, "\(name)")
          out.expect(expected, name)
        }
      }
    }
  }

  /// One value out of range is found at any position, at both limits and at both ends of its type;
  /// unless nothing reads it.
  @Test func valuesOutOfRangeAreFound() {
    var generator = SeededGenerator(seed: 7)
    let n = 24
    for modulus in Self.odd {
      let limit = Int64((modulus.q - 1) / 2)
      let slots = (0..<UInt32(n)).shuffled(using: &generator)
      let positions = Operand(slots)
      let out = Operand<UInt64>(count: n)
      for value in [limit + 1, -limit - 1, Int64(modulus.q), Int64.max, Int64.min, Int64.min + 1] {
        for position in 0..<n {
          var values = Self.values(n, modulus, using: &generator)
          values[position] = value
          let input = Operand(values)
          for path in KernelPath.all {
            let kernels = path.kernels
            func outside(count: Int) -> UInt64 {
              kernels.place_slots(
                out.pointer, input.pointer, count, positions.pointer, n, modulus.q)
            }
            let name = "\(path.name) place_slots, value \(value), q = \(modulus.q)"
            #expect(outside(count: n) != 0, "\(name)")
            #expect(outside(count: position + 1) != 0, "\(name)")
            #expect(outside(count: position) == 0, "\(name), not read")
          }
        }
      }
    }
  }

  @Test func centredRepresentativesAreRead() {
    var generator = SeededGenerator(seed: 8)
    for (index, modulus) in Self.odd.enumerated() {
      let n = Self.lengths[index % Self.lengths.count]
      let alignment = OperandAlignment.allCases[index % 2]
      var residues = ResiduePattern.random.residues(n, below: modulus.q, using: &generator)
      let edges = [0, 1, modulus.q / 2, modulus.q / 2 + 1, modulus.q - 1].map { $0 % modulus.q }
      residues.replaceSubrange(0..<edges.count, with: edges)
      let positions = (0..<UInt32(n)).shuffled(using: &generator)
      let expected = positions.map { position in
        let residue = residues[Int(position)]
        return residue > modulus.q / 2
          ? Int64(residue) - Int64(modulus.q) : Int64(residue)
      }
      let input = Operand(residues, alignment)
      let order = Operand(positions, alignment)
      let out = Operand<Int64>(count: n, alignment)
      for path in KernelPath.all {
        out.forget()
        path.kernels.read_slots(out.pointer, input.pointer, order.pointer, n, modulus.q)
        out.expect(expected, "\(path.name) read_slots, q = \(modulus.q)")
      }
    }
  }
}
