internal import CBigIntegerKernels

/// Up to eight residues modulo the square of one ``LaneModulus``, in Montgomery form and in pairs.
///
/// For secrets and for public numbers alike: neither branches nor addresses depend on them, and
/// memory is wiped when released. Lanes that were not filled carry 1.
package struct LanePair: Sendable {
  package let modulus: LaneModulus
  /// How many lanes are filled, 1 to 8.
  package let count: Int
  /// Words as the kernels take them.
  let words: LimbBuffer

  init(modulus: LaneModulus, count: Int, words: LimbBuffer) {
    self.modulus = modulus
    self.count = count
    self.words = words
  }

  /// The residues in their lanes. Nil unless there are 1 to 8 of at most the width of a residue.
  package init?(_ residues: [SecretInteger], modulus: LaneModulus) {
    let (lanes, limbs) = (LaneModulus.laneCount, modulus.residueLimbCount)
    guard (1...lanes).contains(residues.count),
      residues.allSatisfy({ $0.bitCount <= modulus.residueBitCount })
    else { return nil }
    let numbers = LimbBuffer(count: lanes * limbs)
    for (lane, residue) in residues.enumerated() {
      (numbers.pointer + lane * limbs).update(from: residue.pointer, count: residue.limbCount)
      withExtendedLifetime(residue) {}
    }
    for lane in residues.count..<lanes { numbers.pointer[lane * limbs] = 1 }

    let digits = LimbBuffer(count: modulus.pairWordCount)
    self.init(modulus: modulus, count: residues.count) { result, scratch in
      modulus.split(result, residues: numbers.pointer, digits: digits.pointer, scratch: scratch)
      modulus.multiply(result, result, modulus.cubedRadix.pointer, scratch: scratch)
    }
    withExtendedLifetime((numbers, digits)) {}
  }

  /// The same of public residues. Nil unless all have as many limbs as a residue.
  package init?(limbs residues: [[UInt]], modulus: LaneModulus) {
    guard residues.allSatisfy({ $0.count == modulus.residueLimbCount }) else { return nil }
    self.init(
      residues.map { residue in
        SecretInteger(bitCount: modulus.residueBitCount) { limbs in
          for (index, limb) in residue.enumerated() { limbs[index] = limb }
        }
      }, modulus: modulus)
  }

  /// A pair that `fill` writes with the help of scratch memory.
  private init(
    modulus: LaneModulus, count: Int, scratchCount: Int? = nil,
    _ fill: (_ result: UnsafeMutablePointer<UInt>, _ scratch: UnsafeMutablePointer<UInt>) -> Void
  ) {
    let words = LimbBuffer(count: modulus.pairWordCount)
    let scratch = LimbBuffer(count: scratchCount ?? modulus.scratchCount)
    fill(words.pointer, scratch.pointer)
    withExtendedLifetime(scratch) {}
    self.init(modulus: modulus, count: count, words: words)
  }

  /// The products lane by lane; nil for another modulus or number of lanes.
  package func multiplied(by other: LanePair) -> LanePair? {
    guard other.modulus === modulus, other.count == count else { return nil }
    return LanePair(modulus: modulus, count: count) { result, scratch in
      modulus.multiply(result, words.pointer, other.words.pointer, scratch: scratch)
      withExtendedLifetime((words, other.words)) {}
    }
  }

  /// The squares lane by lane.
  package func squared() -> LanePair {
    LanePair(modulus: modulus, count: count) { result, scratch in
      modulus.square(result, words.pointer, scratch: scratch)
      withExtendedLifetime(words) {}
    }
  }

  /// Each lane to the power of its own exponent; nil unless there are as many exponents as lanes,
  /// all of one width. Every bit of the width counts as if it were set.
  package func power(_ exponents: [SecretInteger]) -> LanePair? {
    guard exponents.count == count, let width = exponents.first?.bitCount,
      exponents.allSatisfy({ $0.bitCount == width })
    else { return nil }
    let lanes = LaneModulus.laneCount
    let exponentWords = LimbBuffer(count: SecretInteger.limbCount(bits: width) * lanes)
    for (lane, exponent) in exponents.enumerated() {
      for index in 0..<exponent.limbCount {
        exponentWords.pointer[index * lanes + lane] = exponent.pointer[index]
      }
      withExtendedLifetime(exponent) {}
    }
    let scratchCount = modulus.powerScratchCount
    return LanePair(modulus: modulus, count: count, scratchCount: scratchCount) { result, scratch in
      modulus.power(
        result, words.pointer, exponents: exponentWords.pointer, exponentBitCount: width,
        scratch: scratch)
      withExtendedLifetime((words, exponentWords)) {}
    }
  }

  /// All lanes to the power of one exponent.
  package func power(_ exponent: SecretInteger) -> LanePair? {
    power([SecretInteger](repeating: exponent, count: count))
  }

  /// The same residue in every lane; nil when it is wider than a residue.
  init?(repeating residue: SecretInteger, modulus: LaneModulus) {
    self.init(
      [SecretInteger](repeating: residue, count: LaneModulus.laneCount), modulus: modulus)
  }

  /// Each residue's parts x₀ and x₁ in [0, m): the residue is x₀ + x₁ · m.
  package func parts() -> [(low: SecretInteger, high: SecretInteger)] {
    let (lanes, digits) = (LaneModulus.laneCount, modulus.digitCount)
    let root = modulus.root
    let width = root.bitCount + 1
    let limbs = SecretInteger.limbCount(bits: width)
    let plain = LanePair(modulus: modulus, count: count) { result, scratch in
      modulus.multiply(result, words.pointer, modulus.plainOne.pointer, scratch: scratch)
      withExtendedLifetime(words) {}
    }
    let numbers = LimbBuffer(count: 2 * lanes * limbs)
    cryptally_lanes_store(numbers.pointer, limbs, plain.words.pointer, digits)
    cryptally_lanes_store(
      numbers.pointer + lanes * limbs, limbs, plain.words.pointer + lanes * digits, digits)
    defer { withExtendedLifetime((numbers, plain)) {} }

    // A product with the pair 1 has x₀ < (2 m + R m) / R, so x₀ ≤ m, and
    // x₁ < (2 m + R + R m) / R, so x₁ ≤ m + 1: one subtraction is enough for each, and for x₁ also
    // with what x₀ hands on.
    return (0..<count).map { lane in
      let part = { (index: Int) in
        SecretInteger(bitCount: width) {
          $0.update(from: numbers.pointer + (index * lanes + lane) * limbs, count: limbs)
        }
      }
      let (low, wasReduced) = LanePair.reducedOnce(part(0), modulo: root)
      let carry = SecretInteger(bitCount: 1) { $0[0] = wasReduced.bit }
      let (high, _) = LanePair.reducedOnce(part(1).adding(carry), modulo: root)
      return (low, high)
    }
  }

  /// The residues in [0, m²).
  package func residues() -> [SecretInteger] {
    parts().map { low, high in
      high.multiplied(by: modulus.root).adding(low).resized(bitCount: modulus.residueBitCount)
    }
  }

  /// A number below 2 m less m if it is not below m, and whether it was not.
  private static func reducedOnce(
    _ number: SecretInteger, modulo m: SecretInteger
  ) -> (SecretInteger, SecretCondition) {
    let (difference, isBelow) = number.subtracting(m)
    let reduced = number.selected(if: isBelow, otherwise: difference)
    return (reduced.resized(bitCount: m.bitCount), isBelow.negated)
  }
}
