import BigInteger
import SecureMemory

/// Moduli and residues that lanes are tested with.
enum LaneSample {
  /// The kernel sets of this processor that have lanes.
  static let kernels = IntegerKernels.supported.filter(\.hasLanes)

  /// Every count of digits that the kernels take.
  static let digitCounts = Array(stride(from: 4, through: 80, by: 4))

  /// m of the least and the most bits that give `digitCount` digits, some of them sparse or dense.
  static func roots(
    digitCount: Int, using source: inout some RandomSource
  ) -> [BigInteger] {
    let widest = digitCount * 52 - 4
    let narrowest = digitCount == 4 ? 2 : (digitCount - 4) * 52 - 3
    var roots = [widest, narrowest, (widest + narrowest) / 2].map { bits in
      (BigInteger(1) << (bits - 1)) + (BigInteger.random(bitCount: bits - 2, using: &source) << 1)
        + 1
    }
    roots.append((BigInteger(1) << widest) - 1)
    roots.append((BigInteger(1) << (widest - 1)) + 1)
    return roots
  }

  /// Eight residues modulo m², a different one for each lane: those at the edges, then random ones.
  static func residues(
    _ m: BigInteger, first: Int, using source: inout some RandomSource
  ) -> [BigInteger] {
    let square = m * m
    let ones = (BigInteger(1) << (m.bitCount - 1)) - 1
    let edges = [0, 1, m - 1, m, m + 1, square - 1, square - m, ones, (m - 1) * m, 2 * m - 1]
    return (0..<LaneModulus.laneCount).map { lane in
      let index = first + lane
      let residue =
        index < edges.count
        ? edges[index] : BigInteger.random(bitCount: 2 * m.bitCount + 64, using: &source)
      return residue.reduced(modulo: square) ?? 0
    }
  }

  /// Secret numbers of one width.
  static func secrets(_ numbers: [BigInteger], bitCount: Int) -> [SecretInteger] {
    numbers.compactMap { SecretInteger($0, bitCount: bitCount) }
  }
}
