import CLatticeKernels
import Testing
import _TestSupport

/// Sums and inner products of many operands, for all moduli: every count with every modulus, in
/// place and out of place, with an addend and without.
@Suite struct SumKernelTests {
  private static let maximumTerms = Int(CLK_MAXIMUM_TERMS)

  /// None, one, those that a path may take at a time and their neighbours, the most.
  private static let counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 40, maximumTerms]

  /// `count` rows of n residues, one after the other, and the pointers to them.
  private struct Rows {
    let residues: [UInt64]
    let pointers: [UnsafePointer<UInt64>?]
    private let memory: Operand<UInt64>

    init(_ residues: [UInt64], n: Int, _ alignment: OperandAlignment) {
      self.residues = residues
      let memory = Operand(residues, alignment)
      self.memory = memory
      pointers = (0..<residues.count / n).map { UnsafePointer(memory.pointer + $0 * n) }
    }

    func restore() { memory.fill(residues) }

    /// The memory of the row at `index` as what a kernel writes.
    func row(_ index: Int, n: Int) -> UnsafeMutablePointer<UInt64> { memory.pointer + index * n }

    /// Whether the rows are what they were.
    func expectRestored(except index: Int?, _ expected: [UInt64], n: Int, _ name: String) {
      var all = residues
      if let index { all.replaceSubrange(index * n..<(index + 1) * n, with: expected) }
      memory.expect(all, name)
    }
  }

  /// The patterns of many residues: the worst sum, the edges, any.
  private static let patterns = [ResiduePattern.largest, .extremes, .random]

  /// Short rows for many terms, longer ones, past what a path adds up in one stretch, for few.
  private static func length(_ count: Int, _ turn: Int) -> Int {
    count > 40 ? [8, 24][turn % 2] : [8, 16, 40, 520, 1032][turn % (count > 9 ? 3 : 5)]
  }

  @Test func sumsOfTerms() {
    forEachCase { modulus, terms, _, addend, n, name in
      let q = UInt128(modulus.q)
      let count = terms.pointers.count
      var kernelModulus = modulus.kernelModulus
      let sum = (0..<n).map { k in
        UInt64((0..<count).reduce(UInt128(0)) { $0 + UInt128(terms.residues[$1 * n + k]) } % q)
      }
      let sumAndAddend = zip(sum, addend).map { modulus.add($0, $1) }
      check(terms, addend, (sum, sumAndAddend), n: n, "sum, \(name)") { path, out, addend in
        path.kernels.sum(out, addend, terms.pointers, count, n, &kernelModulus)
      }
    }
  }

  @Test func innerProducts() {
    forEachCase { modulus, a, b, addend, n, name in
      let q = UInt128(modulus.q)
      let count = a.pointers.count
      var kernelModulus = modulus.kernelModulus
      let sum = (0..<n).map { k in
        let sum = (0..<count).reduce(UInt128(0)) { sum, i in
          (sum + UInt128(a.residues[i * n + k]) * UInt128(b.residues[i * n + k])) % q
        }
        return UInt64(sum)
      }
      let sumAndAddend = zip(sum, addend).map { modulus.add($0, $1) }
      check(a, addend, (sum, sumAndAddend), n: n, "inner product, \(name)") { path, out, addend in
        path.kernels.inner_product(
          out, addend, a.pointers, b.pointers, count, n, &kernelModulus)
      }
    }
  }

  /// A sum has no limit: more terms than any path adds up without a reduction.
  @Test func sumsOfManyTerms() {
    let n = 8
    let counts = [8191, 8192, 8193, 65535, 65536, 70_000, 140_001]
    for modulus in KernelModuli.primes {
      let row = Operand([UInt64](repeating: modulus.q - 1, count: n))
      let out = Operand<UInt64>(count: n)
      var kernelModulus = modulus.kernelModulus
      let terms = [UnsafePointer<UInt64>?](repeating: UnsafePointer(row.pointer), count: 140_001)
      for count in [counts[Int(modulus.q / 3 % 3)], counts[3 + Int(modulus.q / 3 % 4)]] {
        let sum = UInt64(UInt128(modulus.q - 1) * UInt128(count) % UInt128(modulus.q))
        for path in KernelPath.all {
          out.forget()
          path.kernels.sum(out.pointer, nil, terms, count, n, &kernelModulus)
          out.expect(
            [UInt64](repeating: sum, count: n), "\(path.name) sum of \(count), q = \(modulus.q)")
        }
      }
    }
  }

  /// Calls `body` with every modulus, every count and a pattern.
  private func forEachCase(
    _ body: (KernelModulus, Rows, Rows, [UInt64], Int, String) -> Void
  ) {
    var generator = SeededGenerator(seed: 3)
    for (modulusIndex, modulus) in KernelModuli.all.enumerated() {
      for (countIndex, count) in Self.counts.enumerated() {
        let turn = modulusIndex + countIndex
        let n = Self.length(count, turn)
        // The worst sum for every modulus and the largest count; else in turn.
        let pattern = count == Self.maximumTerms ? .largest : Self.patterns[turn % 3]
        let alignment = OperandAlignment.allCases[turn % 2]
        func rows() -> [UInt64] {
          pattern.residues(count * n, below: modulus.q, using: &generator)
        }
        let a = Rows(rows(), n: n, alignment)
        let b = Rows(rows(), n: n, alignment)
        let addend = pattern.residues(n, below: modulus.q, using: &generator)
        body(modulus, a, b, addend, n, "\(count) terms, q = \(modulus.q), n = \(n), \(pattern)")
      }
    }
  }

  /// Without an addend, with one, and with the result in the place of the addend and of a term.
  private func check(
    _ terms: Rows, _ addend: [UInt64], _ expected: (plain: [UInt64], added: [UInt64]), n: Int,
    _ name: String,
    kernel: (KernelPath, UnsafeMutablePointer<UInt64>, UnsafePointer<UInt64>?) -> Void
  ) {
    let addendOperand = Operand(addend)
    let out = Operand<UInt64>(count: n)
    for path in KernelPath.all {
      out.forget()
      kernel(path, out.pointer, nil)
      out.expect(expected.plain, "\(path.name) \(name)")
      out.forget()
      kernel(path, out.pointer, addendOperand.pointer)
      out.expect(expected.added, "\(path.name) \(name) and addend")
      out.fill(addend)
      kernel(path, out.pointer, out.pointer)
      out.expect(expected.added, "\(path.name) \(name) onto addend")
      terms.expectRestored(except: nil, [], n: n, "\(path.name) \(name): terms")
      if let last = terms.pointers.indices.last {
        kernel(path, terms.row(last, n: n), nil)
        terms.expectRestored(
          except: last, expected.plain, n: n, "\(path.name) \(name) in place of a term")
        terms.restore()
      }
    }
  }
}
