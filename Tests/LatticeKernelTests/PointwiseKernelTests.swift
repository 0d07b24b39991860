import CLatticeKernels
import Testing
import _TestSupport

/// Kernels on one or two operands, for all moduli and all patterns, in place and out of place.
///
/// Each pair of modulus and pattern takes one of the lengths and one alignment in turn; every modulus
/// meets every length, and every pattern every modulus.
@Suite struct PointwiseKernelTests {
  /// Multiples of 8, powers of two or not.
  private static let lengths = [8, 16, 24, 40, 64, 136, 520]

  private enum Sharing: CaseIterable {
    case nothing
    case first
    case second
  }

  /// Two operands and room for a result of one length.
  private struct Operands {
    let a: Operand<UInt64>
    let b: Operand<UInt64>
    let out: Operand<UInt64>

    init(_ length: Int, _ alignment: OperandAlignment) {
      a = Operand(count: length, alignment)
      b = Operand(count: length, alignment)
      out = Operand(count: length, alignment)
    }

    /// Calls a kernel with a result of its own, and with one in the place of either operand.
    func check(
      _ left: [UInt64], _ right: [UInt64], _ expected: [UInt64],
      _ name: @autoclosure () -> String,
      kernel: (UnsafeMutablePointer<UInt64>, UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Void
    ) {
      for sharing in Sharing.allCases {
        a.fill(left)
        b.fill(right)
        out.forget()
        let result =
          switch sharing {
          case .nothing: out
          case .first: a
          case .second: b
          }
        kernel(result.pointer, a.pointer, b.pointer)
        result.expect(expected, "\(name()), sharing \(sharing)")
      }
    }
  }

  /// Calls `body` with every modulus, every pattern, and operands of one length and alignment.
  private func forEachCase(
    _ body: (KernelModulus, [UInt64], [UInt64], Operands, String, inout SeededGenerator) -> Void
  ) {
    var generator = SeededGenerator(seed: 1)
    let operands = Self.lengths.map { length in
      OperandAlignment.allCases.map { Operands(length, $0) }
    }
    for (modulusIndex, modulus) in KernelModuli.all.enumerated() {
      for (index, pattern) in ResiduePattern.allCases.enumerated() {
        let turn = modulusIndex + index
        let lengthIndex = turn % Self.lengths.count
        let length = Self.lengths[lengthIndex]
        body(
          modulus, pattern.residues(length, below: modulus.q, using: &generator),
          pattern.partner.residues(length, below: modulus.q, using: &generator),
          operands[lengthIndex][turn / Self.lengths.count % 2],
          "q = \(modulus.q), n = \(length), \(pattern)", &generator)
      }
    }
  }

  @Test func sumsDifferencesAndNegatives() {
    forEachCase { modulus, a, b, operands, name, _ in
      let n = a.count
      let q = modulus.q
      let sum = zip(a, b).map { modulus.add($0, $1) }
      let difference = zip(a, b).map { modulus.add($0, modulus.negate($1)) }
      let negative = a.map(modulus.negate)
      for path in KernelPath.all {
        let kernels = path.kernels
        operands.check(a, b, sum, "\(path.name) add, \(name)") { kernels.add($0, $1, $2, n, q) }
        operands.check(a, b, difference, "\(path.name) subtract, \(name)") {
          kernels.subtract($0, $1, $2, n, q)
        }
        operands.check(a, a, negative, "\(path.name) negate, \(name)") { out, a, _ in
          kernels.negate(out, a, n, q)
        }
      }
    }
  }

  @Test func products() {
    forEachCase { modulus, a, b, operands, name, generator in
      let n = a.count
      let q = modulus.q
      var kernelModulus = modulus.kernelModulus
      let product = zip(a, b).map { modulus.multiply($0, $1) }
      for path in KernelPath.all {
        operands.check(a, b, product, "\(path.name) multiply, \(name)") {
          path.kernels.multiply($0, $1, $2, n, &kernelModulus)
        }
      }
      for w in [0, 1 % q, q / 2, q - 1, generator.next() % q] {
        let constant = modulus.constant(w)
        let multiple = a.map { modulus.multiply($0, w) }
        let multipleOfDifference = zip(a, b).map {
          modulus.multiply(modulus.add($0, modulus.negate($1)), w)
        }
        for path in KernelPath.all {
          let kernels = path.kernels
          operands.check(a, a, multiple, "\(path.name) multiply_constant \(w), \(name)") {
            out, a, _ in kernels.multiply_constant(out, a, constant, n, q)
          }
          operands.check(
            a, b, multipleOfDifference,
            "\(path.name) subtract_multiply_constant \(w), \(name)"
          ) { kernels.subtract_multiply_constant($0, $1, $2, constant, n, q) }
        }
      }
    }
  }

  /// From every modulus to every other one.
  @Test func centredRepresentativesAreReduced() {
    var generator = SeededGenerator(seed: 2)
    let n = 24
    let operands = OperandAlignment.allCases.map { Operands(n, $0) }
    for (fromIndex, from) in KernelModuli.all.map(\.q).enumerated() {
      var residues = ResiduePattern.random.residues(n, below: from, using: &generator)
      let edges = [0, 1 % from, from - 1, from / 2, min(from / 2 + 1, from - 1)]
      residues.replaceSubrange(0..<edges.count, with: edges)
      for (index, modulus) in KernelModuli.all.enumerated() {
        var kernelModulus = modulus.kernelModulus
        let centred = residues.map { modulus.residue(centred: $0, from: from) }
        for path in KernelPath.all {
          operands[(fromIndex + index) % 2].check(
            residues, residues, centred,
            "\(path.name) reduce_centred from \(from) to \(modulus.q)"
          ) { out, a, _ in path.kernels.reduce_centred(out, a, n, from, &kernelModulus) }
        }
      }
    }
  }

  /// The automorphisms of every degree, and any permutation of blocks with one inside of each.
  @Test(arguments: KernelModuli.degrees)
  func permutationsOfBlocks(degree: Int) {
    var generator = SeededGenerator(seed: UInt64(degree))
    let values = (0..<degree).map { _ in generator.next() }
    let blocks = Array(0..<degree / 8).shuffled(using: &generator)
    let shuffled = blocks.flatMap { block in
      (0..<8).shuffled(using: &generator).map { UInt32(8 * block + $0) }
    }
    let elements = degree <= 32 ? Array(1..<2 * degree) : [1, 3, 9, degree + 1, 2 * degree - 1]
    let permutations =
      [shuffled] + elements.filter { $0 & 1 == 1 }.map { automorphism($0, degree: degree) }
    for alignment in OperandAlignment.allCases {
      let input = Operand(values, alignment)
      let out = Operand<UInt64>(count: degree, alignment)
      for permutation in permutations {
        let indices = Operand(permutation, alignment)
        let image = permutation.map { values[Int($0)] }
        for path in KernelPath.all {
          out.forget()
          path.kernels.permute(out.pointer, input.pointer, indices.pointer, degree)
          out.expect(image, "\(path.name) permute, n = \(degree)")
        }
      }
    }
  }

  /// Where X → X^element takes the values: position i takes that of the point whose exponent is
  /// `element` times its own.
  private func automorphism(_ element: Int, degree: Int) -> [UInt32] {
    var positions = [UInt32](repeating: 0, count: 2 * degree)
    for position in 0..<degree {
      let exponent = KernelReference.exponent(position: position, degree: degree)
      positions[Int(exponent)] = UInt32(position)
    }
    return (0..<degree).map { position in
      let exponent = KernelReference.exponent(position: position, degree: degree)
      return positions[Int(exponent) * element % (2 * degree)]
    }
  }
}
