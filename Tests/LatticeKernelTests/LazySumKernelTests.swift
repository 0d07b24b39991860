import CLatticeKernels
import Testing
import _TestSupport

/// Lazy sums of products: what is added and folded is compared with the sum by 128-bit arithmetic.
@Suite struct LazySumKernelTests {
  private static let n = 24

  /// The four parts a0, a1, b0, b1 of a product.
  private typealias Factors = [[UInt64]]

  /// The six words of a sum.
  private struct Tensor {
    let modulus: KernelModulus
    let alignment: OperandAlignment
    let words: [Operand<UInt64>]
    /// What the words stand for.
    var parts: [[UInt64]]

    /// - Parameter residues: what the sum starts from: reduced words of low weight, as folding leaves.
    init(
      _ modulus: KernelModulus, _ alignment: OperandAlignment, startingFrom residues: [UInt64]
    ) {
      self.modulus = modulus
      self.alignment = alignment
      let zeros = [UInt64](repeating: 0, count: residues.count)
      words = (0..<6).map { Operand($0.isMultiple(of: 2) ? residues : zeros, alignment) }
      parts = [[UInt64]](repeating: residues, count: 3)
    }

    /// Adds products to the words in one call.
    private func addToWords(_ path: KernelPath, _ pairs: [[Operand<UInt64>]]) {
      let sums: [UnsafeMutablePointer<UInt64>?] = words.map(\.pointer)
      let factors: [UnsafePointer<UInt64>?] = pairs.joined().map { UnsafePointer($0.pointer) }
      var kernelModulus = modulus.kernelModulus
      path.kernels.tensor_add(sums, factors, pairs.count, n, &kernelModulus)
    }

    /// Adds (q − 1, q − 1)·(q − 1, q − 1), `count` times: (q − 1)^2 is 1 modulo q. None, one, two
    /// and three in a call, then all that are left.
    mutating func addLargest(_ path: KernelPath, times count: Int) {
      let largest = Operand([UInt64](repeating: modulus.q - 1, count: n), alignment)
      let pair = [largest, largest, largest, largest]
      for some in [0, 1, 2, 3, count - 6] {
        addToWords(path, [[Operand<UInt64>]](repeating: pair, count: some))
      }
      for (part, weight) in [1, 2, 1].enumerated() {
        let sum = UInt64(weight * count) % modulus.q
        parts[part] = parts[part].map { modulus.add($0, sum) }
      }
    }

    /// Adds several products in one call.
    mutating func add(_ path: KernelPath, _ products: [Factors]) {
      addToWords(path, products.map { $0.map { Operand($0, alignment) } })
      for product in products {
        let (a0, a1, b0, b1) = (product[0], product[1], product[2], product[3])
        for (part, a, b) in [(0, a0, b0), (1, a0, b1), (1, a1, b0), (2, a1, b1)] {
          for k in 0..<n {
            parts[part][k] = modulus.add(parts[part][k], modulus.multiply(a[k], b[k]))
          }
        }
      }
    }

    func expectParts(_ path: KernelPath, terms: Int, _ name: String) {
      var kernelModulus = modulus.kernelModulus
      for (word, operand) in words.enumerated() {
        operand.expect(operand.elements, "\(name), word \(word)")
        // The words started below q.
        let limit = UInt128(terms) << 53 + (word.isMultiple(of: 2) ? UInt128(modulus.q) : 0)
        #expect(operand.elements.allSatisfy { UInt128($0) <= limit }, "\(name), word \(word)")
      }
      let out = Operand<UInt64>(count: n)
      for part in 0..<3 {
        let (low, high) = (words[2 * part], words[2 * part + 1])
        out.forget()
        path.kernels.fold(out.pointer, low.pointer, high.pointer, n, &kernelModulus)
        out.expect(parts[part], "\(name), part \(part)")
      }
    }

    private var n: Int { words[0].count }
  }

  /// As many terms as may be added, with the largest residues everywhere, for every modulus.
  @Test func theLargestTermsFitUntilTheLimit() {
    let count = Int(CLK_MAXIMUM_TERMS)
    for (index, modulus) in KernelModuli.all.enumerated() {
      let largest = [UInt64](repeating: modulus.q - 1, count: Self.n)
      for path in KernelPath.all {
        let alignment = OperandAlignment.allCases[index % 2]
        var tensor = Tensor(modulus, alignment, startingFrom: largest)
        tensor.addLargest(path, times: count)
        tensor.expectParts(path, terms: count, "\(path.name), q = \(modulus.q), largest")
      }
    }
  }

  @Test func someTermsOfEveryPattern() {
    for (index, modulus) in KernelModuli.all.enumerated() {
      for path in KernelPath.all {
        var generator = SeededGenerator(seed: modulus.q)
        let alignment = OperandAlignment.allCases[index % 2]
        func residues(_ pattern: ResiduePattern) -> [UInt64] {
          pattern.residues(Self.n, below: modulus.q, using: &generator)
        }
        var tensor = Tensor(modulus, alignment, startingFrom: residues(.random))
        let products = ResiduePattern.allCases.map { pattern in
          let partner = pattern.partner
          return [residues(pattern), residues(.random), residues(partner), residues(pattern)]
        }
        // So many different ones in a call.
        for range in [0..<1, 1..<3, 3..<8] { tensor.add(path, Array(products[range])) }
        tensor.expectParts(
          path, terms: ResiduePattern.allCases.count, "\(path.name), q = \(modulus.q)")
      }
    }
  }

  /// Sums that one path began and another goes on with or folds.
  @Test func pathsUnderstandEachOthersSums() {
    for modulus in KernelModuli.primes {
      var generator = SeededGenerator(seed: modulus.q)
      var tensor = Tensor(
        modulus, .cacheLine, startingFrom: [UInt64](repeating: 0, count: Self.n))
      for path in KernelPath.all {
        let factors = (0..<4).map { _ in
          ResiduePattern.random.residues(Self.n, below: modulus.q, using: &generator)
        }
        tensor.add(path, [factors])
      }
      for path in KernelPath.all {
        tensor.expectParts(
          path, terms: KernelPath.all.count, "\(path.name) folds all, q = \(modulus.q)")
      }
    }
  }

  /// Any words may be folded, the largest among them.
  @Test func anyWordsAreFolded() {
    var generator = SeededGenerator(seed: 4)
    let edges: [UInt64] = [
      0, 1, (1 << 32) - 1, 1 << 32, (1 << 52) - 1, 1 << 52, (1 << 53) - 1, 1 << 63, .max - 1, .max,
    ]
    for (index, modulus) in KernelModuli.all.enumerated() {
      let near = [modulus.q - 1, modulus.q, modulus.q + 1, 2 * modulus.q]
      let all = edges + near + (0..<6).map { _ in generator.next() }
      var pairs = all.flatMap { low in all.map { (low, $0) } }
      while !pairs.count.isMultiple(of: 8) { pairs.append((.max, .max)) }
      let alignment = OperandAlignment.allCases[index % 2]
      let lows = pairs.map(\.0)
      let highs = pairs.map(\.1)
      let sums = pairs.map { UInt64((UInt128($1) << 52 + UInt128($0)) % UInt128(modulus.q)) }
      let low = Operand(lows, alignment)
      let high = Operand(highs, alignment)
      let out = Operand<UInt64>(count: pairs.count, alignment)
      var kernelModulus = modulus.kernelModulus
      for path in KernelPath.all {
        let name = "\(path.name) fold, q = \(modulus.q)"
        out.forget()
        path.kernels.fold(out.pointer, low.pointer, high.pointer, pairs.count, &kernelModulus)
        out.expect(sums, name)
        out.fill(lows)
        path.kernels.fold(out.pointer, out.pointer, high.pointer, pairs.count, &kernelModulus)
        out.expect(sums, "\(name) in place of the low words")
        out.fill(highs)
        path.kernels.fold(out.pointer, low.pointer, out.pointer, pairs.count, &kernelModulus)
        out.expect(sums, "\(name) in place of the high words")
      }
    }
  }
}
