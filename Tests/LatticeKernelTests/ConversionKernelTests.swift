import CLatticeKernels
import Testing
import _TestSupport

/// Base conversion, its overflow computed by definition.
///
/// Every number of limbs from 1 to 40, and 64, is tried with primes of one width, another width for
/// each; five numbers of limbs with all widths, with mixed widths, and all patterns.
@Suite struct ConversionKernelTests {
  /// What digits are: edges, random ones, or such that the sum of the fractions is next to a
  /// half-integer, where the overflow changes.
  private enum Digits: Hashable {
    case pattern(ResiduePattern)
    case nearHalf
  }

  private static let digitKinds: [Digits] =
    ResiduePattern.allCases.map { .pattern($0) } + [.nearHalf]

  /// Primes of one width or of all, as many as wanted, found once.
  private static let sources: [[KernelModulus]] = {
    let degree = 32768
    func primes(width: Int, count: Int) -> [KernelModulus] {
      let top = UInt64(1) << UInt64(width)
      let step = Int(2 * degree)
      // There are few small primes for a large ring; a conversion takes any.
      let isSmall = width < 36
      let candidates =
        isSmall
        ? stride(from: top - 1, to: top / 2, by: -2)
        : stride(from: (top - 1) / UInt64(step) * UInt64(step) + 1, to: top / 2, by: -step)
      let found = candidates.lazy.map(KernelModulus.init)
        .filter { $0.q < top && $0.isPrime }.prefix(count)
      return Array(found)
    }
    let byWidth = KernelModuli.widths.map { primes(width: $0, count: 64) }
    let mixed = (0..<64).map { byWidth[$0 % byWidth.count][$0 / byWidth.count] }
    let narrowMixed = mixed.filter { $0.q < 1 << 46 }
    return byWidth + [mixed, narrowMixed]
  }()

  /// A conversion to five moduli of different sizes with any weights.
  private struct Conversion {
    let sources: [KernelModulus]
    let targets: [KernelModulus]
    let weights: [UInt64]
    let products: [UInt64]

    /// Calls a path's kernel.
    func convert(
      _ path: KernelPath, _ out: [Operand<UInt64>], _ addends: [Operand<UInt64>]?,
      _ digits: [Operand<UInt64>]
    ) {
      let out: [UnsafeMutablePointer<UInt64>?] = out.map(\.pointer)
      let addends: [UnsafePointer<UInt64>?]? = addends?.map { UnsafePointer($0.pointer) }
      let n = digits[0].count
      let digits: [UnsafePointer<UInt64>?] = digits.map { UnsafePointer($0.pointer) }
      let sourceModuli = sources.map(\.kernelModulus)
      let targetModuli = targets.map(\.kernelModulus)
      sourceModuli.withUnsafeBufferPointer { sourceModuli in
        targetModuli.withUnsafeBufferPointer { targetModuli in
          weights.withUnsafeBufferPointer { weights in
            products.withUnsafeBufferPointer { products in
              var conversion = clk_conversion(
                limbs: sourceModuli.count, sources: sourceModuli.baseAddress,
                targets: targetModuli.count, moduli: targetModuli.baseAddress,
                weights: weights.baseAddress, products: products.baseAddress)
              if let addends {
                path.kernels.convert(out, addends, digits, &conversion, n)
              } else {
                path.kernels.convert(out, nil, digits, &conversion, n)
              }
            }
          }
        }
      }
    }

    /// By definition, for target j without an addend.
    func expected(_ target: Int, _ digits: [[UInt64]], overflow: [UInt64]) -> [UInt64] {
      let modulus = targets[target]
      let q = UInt128(modulus.q)
      return overflow.indices.map { k in
        var sum: UInt128 = 0
        for limb in sources.indices {
          let weight = weights[target * sources.count + limb]
          sum = (sum + UInt128(digits[limb][k]) * UInt128(weight)) % q
        }
        let excess = modulus.multiply(overflow[k] % modulus.q, products[target])
        return modulus.add(UInt64(sum), modulus.negate(excess))
      }
    }
  }

  private var generator = SeededGenerator(seed: 5)

  private mutating func digits(
    _ kind: Digits, _ sources: [KernelModulus], n: Int
  ) -> [[UInt64]] {
    switch kind {
    case .pattern(let pattern):
      return sources.map { pattern.residues(n, below: $0.q, using: &generator) }
    case .nearHalf:
      var digits = sources.map {
        ResiduePattern.random.residues(n, below: $0.q, using: &generator)
      }
      let last = sources[sources.count - 1]
      for k in 0..<n {
        let others = zip(digits.dropLast(), sources).reduce(UInt64(0)) {
          $0 + KernelReference.fraction($1.0[k], $1.1)
        }
        // What is missing to a half, in units of 2^-51, then a step to either side.
        let missing = ((3 << 50) - others % (1 << 51)) % (1 << 51)
        let digit = UInt64((UInt128(missing) * UInt128(last.q)) >> 51)
        let step = UInt64(k % 9)
        digits[digits.count - 1][k] = min(last.q - 1, max(digit + step, 4) - 4)
      }
      return digits
    }
  }

  /// Targets around the width of the sources, small ones and a large one; `largest` takes the largest
  /// weights.
  private mutating func conversion(
    _ sources: [KernelModulus], _ turn: Int, largest: Bool
  ) -> Conversion {
    let all = KernelModuli.all
    let isNarrow = turn % 3 > 0
    let eligible =
      isNarrow ? all.filter { $0.q < 1 << 48 && $0.q >= 1 << 14 } : all
    let targets = (0..<5).map { eligible[(turn * 5 + $0 * 11) % eligible.count] }
    let weights = targets.flatMap { target in
      sources.map { _ in largest ? target.q - 1 : generator.next() % target.q }
    }
    let products = targets.enumerated().map { index, target in
      [1 % target.q, 0, target.q - 1, generator.next() % target.q][(turn + index) % 4]
    }
    return Conversion(sources: sources, targets: targets, weights: weights, products: products)
  }

  private mutating func check(
    _ sources: [KernelModulus], _ kind: Digits, n: Int, turn: Int, _ alignment: OperandAlignment
  ) {
    let digits = digits(kind, sources, n: n)
    let conversion = conversion(sources, turn, largest: kind == .pattern(.largest))
    let overflow = (0..<n).map { k in
      KernelReference.overflow(digits.map { $0[k] }, sources)
    }
    let expected = conversion.targets.indices.map {
      conversion.expected($0, digits, overflow: overflow)
    }
    let addends = conversion.targets.map {
      (kind == .pattern(.largest) ? ResiduePattern.largest : .random)
        .residues(n, below: $0.q, using: &generator)
    }
    let inputs = digits.map { Operand($0, alignment) }
    let addendInputs = addends.map { Operand($0, alignment) }
    let out = expected.map { _ in Operand<UInt64>(count: n, alignment) }
    for path in KernelPath.all {
      let name = "\(path.name) convert, \(sources.count) limbs, q_1 = \(sources[0].q), \(kind)"
      for operand in out { operand.forget() }
      conversion.convert(path, out, nil, inputs)
      for (target, operand) in out.enumerated() {
        operand.expect(expected[target], "\(name) to \(conversion.targets[target].q)")
      }
      for operand in out { operand.forget() }
      conversion.convert(path, out, addendInputs, inputs)
      let sums = zip(expected, addends).enumerated().map { target, pair in
        zip(pair.0, pair.1).map { conversion.targets[target].add($0, $1) }
      }
      for (target, operand) in out.enumerated() {
        operand.expect(sums[target], "\(name) to \(conversion.targets[target].q), addend")
        operand.fill(addends[target])
      }
      conversion.convert(path, out, out, inputs)
      for (target, operand) in out.enumerated() {
        operand.expect(sums[target], "\(name) to \(conversion.targets[target].q), onto addend")
      }
    }
  }

  @Test mutating func everyNumberOfLimbs() {
    let lengths = [8, 24, 64, 72, 136, 200]
    for limbs in Array(1...40) + [64] {
      for (index, kind) in Self.digitKinds.enumerated() {
        let turn = limbs + index
        let sources = Self.sources[turn % Self.sources.count].prefix(limbs)
        check(
          Array(sources), kind, n: lengths[turn % lengths.count], turn: turn,
          OperandAlignment.allCases[turn % 2])
      }
    }
  }

  @Test(arguments: [1, 2, 5, 18, 40])
  mutating func everyWidth(limbs: Int) {
    for (sourceIndex, sources) in Self.sources.enumerated() {
      for (index, kind) in Self.digitKinds.enumerated() {
        check(
          Array(sources.prefix(limbs)), kind, n: [16, 40][index % 2], turn: sourceIndex + index,
          .cacheLine)
      }
    }
  }

  /// With weights of zero and a product of one the overflow itself comes out, negated. It is the
  /// nearest integer to the sum of fractions but for the distance that the header grants.
  @Test(arguments: [1, 2, 3, 7, 18, 40, 64])
  mutating func overflowIsTheNearestInteger(limbs: Int) {
    let n = 72
    let target = KernelModulus(q: (1 << 45) - 55)
    for sources in Self.sources.map({ Array($0.prefix(limbs)) }) {
      let conversion = Conversion(
        sources: sources, targets: [target], weights: sources.map { _ in 0 }, products: [1])
      for kind in Self.digitKinds {
        let digits = digits(kind, sources, n: n)
        let inputs = digits.map { Operand($0) }
        let out = Operand<UInt64>(count: n)
        for path in KernelPath.all {
          conversion.convert(path, [out], nil, inputs)
          for (k, residue) in out.elements.enumerated() {
            let overflow = target.negate(residue)
            // The sum of the fractions in units of 2^-66, low by less than a unit for each limb.
            let sum = zip(digits, sources).reduce(UInt128(0)) {
              $0 + (UInt128($1.0[k]) << 66) / UInt128($1.1.q)
            }
            let distance = Int128(sum) - Int128(overflow) << 66
            let granted = Int128(1) << 65 + Int128(limbs) << (66 - 50) + Int128(limbs)
            #expect(
              abs(distance) <= granted, "\(path.name), \(limbs) limbs, q_1 = \(sources[0].q)")
          }
        }
      }
    }
  }

  /// As the header states it: low by less than three units.
  @Test mutating func fractionsAreLowByLessThanThreeUnits() {
    for modulus in KernelModuli.all where modulus.q.nonzeroBitCount > 1 {
      var kernelModulus = modulus.kernelModulus
      let q = modulus.q
      let edges = [0, 1, q / 2, q / 2 + 1, q - 1]
      for x in edges + (0..<50).map({ _ in generator.next() % q }) {
        let fraction = clk_fraction(x, &kernelModulus)
        #expect(fraction == KernelReference.fraction(x, modulus))
        #expect(UInt128(fraction) * UInt128(q) <= UInt128(x) << 51)
        #expect(UInt128(x) << 51 < UInt128(fraction + 3) * UInt128(q))
      }
    }
  }
}
