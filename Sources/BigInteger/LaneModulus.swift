internal import CBigIntegerKernels

/// The square of an odd number m, public or secret, for arithmetic with eight residues at a time.
///
/// A residue modulo m² is a pair (x₀, x₁) that stands for x₀ + x₁ · m, each part in h digits of 52
/// bits and below 2 m; digit j of lane k is word 8 j + k. Products come out divided by R = 2^(52 h).
/// All constants are calculated without a branch or an address that depends on m, only on its width.
package final class LaneModulus: Sendable {
  /// How many residues there are in each operation.
  package static let laneCount = Int(CRYPTALLY_LANES)

  /// m's widest width in bits.
  package static let maximumBitCount = maximumDigitCount * digitBitCount - slackBitCount

  /// m.
  let root: SecretInteger
  /// m², where m is public.
  let publicSquare: BigInteger?
  /// h.
  let digitCount: Int
  /// The pair 1, and that of R³ modulo m², in every lane.
  let plainOne: LimbBuffer
  let cubedRadix: LimbBuffer

  /// m, C and R modulo m² as the kernels want them, one after another: h, h and 2 h words.
  private let constants: LimbBuffer
  private let negatedInverse: UInt
  private let kernels: IntegerKernels

  static let digitBitCount = 52
  private static let maximumDigitCount = 80
  /// 16 m ≤ R.
  private static let slackBitCount = 4

  /// m's width in bits. A residue modulo m² has twice as many.
  package var rootBitCount: Int { root.bitCount }

  /// The width of a residue modulo m² in bits.
  package var residueBitCount: Int { 2 * root.bitCount }

  /// The width of a residue modulo m² in limbs.
  package var residueLimbCount: Int { SecretInteger.limbCount(bits: residueBitCount) }

  /// The words of a pair of eight lanes.
  var pairWordCount: Int { 2 * LaneModulus.laneCount * digitCount }

  /// For a public m. Nil when m is even, below 3 or wider than ``maximumBitCount``, or the kernels
  /// have no lanes.
  package convenience init?(_ m: BigInteger, kernels: IntegerKernels = .chosen) {
    guard let root = SecretInteger(m, bitCount: m.bitCount) else { return nil }
    self.init(root: root, publicSquare: m * m, kernels: kernels)
  }

  /// For a secret m. Nil as above, or when the highest bit of its width is not set.
  package convenience init?(_ m: SecretInteger, kernels: IntegerKernels = .chosen) {
    self.init(root: m, publicSquare: nil, kernels: kernels)
  }

  private init?(root: SecretInteger, publicSquare: BigInteger?, kernels: IntegerKernels) {
    guard kernels.hasLanes, root.bitCount <= LaneModulus.maximumBitCount,
      root.bit(0).isTrue, !root.hasNoBits(from: 1).isTrue,
      root.bit(root.bitCount - 1).isTrue
    else { return nil }
    let bits = LaneModulus.digitBitCount
    // Kernels take four digits at a time.
    let block = 4 * bits
    let count = (root.bitCount + LaneModulus.slackBitCount + block - 1) / block * 4

    let radix = LaneModulus.powerOfTwo(count * bits)
    let constants = LimbBuffer(count: 4 * count)
    LaneModulus.copyDigits(of: root, to: constants.pointer, count: count)
    // C = R − 1 + d with d = m − (R − 1) mod m, and 2^52 − 1 of every digit is R − 1's.
    let excess = root.subtracting(
      radix.subtracting(.one).difference.remainder(dividingBy: root)
    ).difference
    LaneModulus.copyDigits(of: excess, to: constants.pointer + count, count: count)
    for index in count..<2 * count { constants.pointer[index] += 1 << UInt(bits) - 1 }
    let one = LaneModulus.pair(of: radix, root: root)
    LaneModulus.copyDigits(of: one.0, to: constants.pointer + 2 * count, count: count)
    LaneModulus.copyDigits(of: one.1, to: constants.pointer + 3 * count, count: count)

    // Newton's iteration doubles the right bits: 1, 2, 4, … 64.
    let low = root.pointer[0]
    var inverse: UInt = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- low &* inverse) }
    negatedInverse = (0 &- inverse) & (1 << UInt(bits) - 1)

    self.root = root
    self.publicSquare = publicSquare
    digitCount = count
    self.constants = constants
    self.kernels = kernels
    let cube = LaneModulus.pair(of: LaneModulus.powerOfTwo(3 * count * bits), root: root)
    cubedRadix = LaneModulus.lanes(of: cube, digitCount: count)
    plainOne = LimbBuffer(count: 2 * LaneModulus.laneCount * count)
    for lane in 0..<LaneModulus.laneCount { plainOne.pointer[lane] = 1 }
    withExtendedLifetime((root, constants)) {}
  }

  /// 2 to the power of `exponent`.
  private static func powerOfTwo(_ exponent: Int) -> SecretInteger {
    SecretInteger(bitCount: exponent + 1) {
      $0[exponent / UInt.bitWidth] = 1 << UInt(exponent % UInt.bitWidth)
    }
  }

  /// The number modulo m² as a pair.
  private static func pair(
    of number: SecretInteger, root: SecretInteger
  ) -> (SecretInteger, SecretInteger) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: root)
    return (remainder, quotient.remainder(dividingBy: root))
  }

  /// Writes the number's lowest `count` digits.
  private static func copyDigits(
    of number: SecretInteger, to digits: UnsafeMutablePointer<UInt>, count: Int
  ) {
    for index in 0..<count {
      digits[index] = number.bits(from: index * digitBitCount, count: digitBitCount)
    }
  }

  /// The pair in every lane.
  private static func lanes(
    of pair: (SecretInteger, SecretInteger), digitCount: Int
  ) -> LimbBuffer {
    let digits = LimbBuffer(count: 2 * digitCount)
    copyDigits(of: pair.0, to: digits.pointer, count: digitCount)
    copyDigits(of: pair.1, to: digits.pointer + digitCount, count: digitCount)
    let result = LimbBuffer(count: laneCount * digits.count)
    for index in 0..<result.count { result.pointer[index] = digits.pointer[index / laneCount] }
    withExtendedLifetime(digits) {}
    return result
  }

  private func withConstants(_ body: (UnsafePointer<cryptally_lane_modulus>) -> Void) {
    var constants = cryptally_lane_modulus(
      digits: digitCount, modulus: self.constants.pointer,
      cover: self.constants.pointer + digitCount, one: self.constants.pointer + 2 * digitCount,
      negated_inverse: negatedInverse)
    withUnsafePointer(to: &constants, body)
    withExtendedLifetime(self) {}
  }
}

/// The kernels, over pairs of eight lanes. A result may be one of the operands.
extension LaneModulus {
  /// The limbs of scratch memory that all but `power` need.
  var scratchCount: Int { cryptally_lanes_scratch_limbs(digitCount) }

  /// The limbs of scratch memory that `power` needs.
  var powerScratchCount: Int { cryptally_lanes_power_scratch_limbs(digitCount) }

  /// z = x · y / R.
  func multiply(
    _ z: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, _ y: UnsafePointer<UInt>,
    scratch: UnsafeMutablePointer<UInt>
  ) {
    withConstants { cryptally_lanes_multiply(kernels.pointer, z, x, y, $0, scratch) }
  }

  /// z = x² / R.
  func square(
    _ z: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, scratch: UnsafeMutablePointer<UInt>
  ) {
    withConstants { cryptally_lanes_square(kernels.pointer, z, x, $0, scratch) }
  }

  /// z = c / R for eight residues in `residueLimbCount` limbs each. `digits` has as many words as a
  /// pair and is overwritten.
  func split(
    _ z: UnsafeMutablePointer<UInt>, residues: UnsafePointer<UInt>,
    digits: UnsafeMutablePointer<UInt>, scratch: UnsafeMutablePointer<UInt>
  ) {
    cryptally_lanes_load(digits, 2 * digitCount, residues, residueLimbCount)
    withConstants { cryptally_lanes_split(kernels.pointer, z, digits, $0, scratch) }
  }

  /// z = x to the power of each lane's exponent, in Montgomery form.
  func power(
    _ z: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, exponents: UnsafePointer<UInt>,
    exponentBitCount: Int, scratch: UnsafeMutablePointer<UInt>
  ) {
    withConstants {
      cryptally_lanes_power(kernels.pointer, z, x, exponents, exponentBitCount, $0, scratch)
    }
  }

  /// For each lane the pair of its index out of a row of a multiple of 16 pairs, digit by digit.
  func select(
    _ result: UnsafeMutablePointer<UInt>, row: UnsafePointer<UInt>, entries: Int,
    indices: UnsafePointer<UInt>
  ) {
    cryptally_lanes_select_shared(kernels.pointer, result, row, entries, digitCount, indices)
  }
}
