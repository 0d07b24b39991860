import BigInteger

/// The square of a key's modulus or of one of its primes, with the fastest kernels for powers modulo
/// it: eight numbers at a time where the processor can, otherwise GMP's. In a time that depends on
/// widths only.
struct SquareModulus: Sendable {
  let root: SecretInteger
  let square: SecretInteger
  let lanes: LaneModulus?
  let montgomery: MontgomeryModulus

  /// Of a public modulus, which is odd and above 1.
  init?(_ modulus: BigInteger) {
    guard let root = SecretInteger(modulus, bitCount: modulus.bitCount),
      let montgomery = MontgomeryModulus(modulus * modulus)
    else { return nil }
    self.init(root, lanes: LaneModulus(modulus), montgomery: montgomery)
  }

  /// Of a secret prime with its highest bit set. The width of its square is taken to be twice as many
  /// bits, whether or not the highest is set.
  init(secret prime: SecretInteger) {
    self.init(
      prime, lanes: LaneModulus(prime),
      montgomery: MontgomeryModulus(secret: prime.multiplied(by: prime)))
  }

  private init(_ root: SecretInteger, lanes: LaneModulus?, montgomery: MontgomeryModulus) {
    self.root = root
    square = root.multiplied(by: root).resized(bitCount: montgomery.bitCount)
    self.lanes = lanes
    self.montgomery = montgomery
  }

  /// How many powers are calculated together.
  var batchCount: Int { lanes == nil ? 1 : LaneModulus.laneCount }

  /// The power of each base, which is below the square.
  func powers(of bases: [SecretInteger], _ exponent: SecretInteger) -> [SecretInteger] {
    guard let lanes else { return bases.map { singlePower($0, exponent) } }
    return stride(from: 0, to: bases.count, by: batchCount).flatMap { start in
      let batch = Array(bases[start..<min(start + batchCount, bases.count)])
      // Not nil: 1 to 8 bases of the right width.
      return LanePair(batch, modulus: lanes)?.power(exponent)?.residues()
        .map { $0.resized(bitCount: square.bitCount) }
        ?? batch.map { singlePower($0, exponent) }
    }
  }

  /// Where the modulus is public, GMP's power is faster.
  private func singlePower(_ base: SecretInteger, _ exponent: SecretInteger) -> SecretInteger {
    montgomery.publicValue == nil
      ? montgomery.power(base, exponent) : base.power(exponent, publicModulus: square)
  }

  /// The product of two numbers below the square.
  func product(_ a: SecretInteger, _ b: SecretInteger) -> SecretInteger {
    montgomery.multiply(a, montgomery.montgomeryForm(b))
  }

  /// A table for powers of one base below the square.
  func fixedBase(_ base: SecretInteger, exponentBitCount: Int) -> FixedBase {
    let power =
      lanes.flatMap {
        LaneFixedBasePower(base: base, modulus: $0, exponentBitCount: exponentBitCount)
      }
    return FixedBase(
      bitCount: square.bitCount, exponentBitCount: exponentBitCount,
      kernels: power.map(FixedBase.Kernels.lanes)
        ?? .single(
          FixedBasePower(base: base, modulus: montgomery, exponentBitCount: exponentBitCount)))
  }
}

/// Powers of one base to secret exponents of a fixed width, by the fastest kernels.
struct FixedBase: Sendable {
  enum Kernels: Sendable {
    case lanes(LaneFixedBasePower)
    case single(FixedBasePower)
  }

  /// The width of factors and powers.
  let bitCount: Int
  let exponentBitCount: Int
  let kernels: Kernels

  /// The bytes of the table.
  var tableByteCount: Int {
    switch kernels {
    case .lanes(let power): power.tableByteCount
    case .single(let power): power.tableByteCount
    }
  }

  /// factor · base^exponent for each pair of a factor and an exponent of the table's widths; nil for
  /// others.
  func scaled(_ factors: [SecretInteger], by exponents: [SecretInteger]) -> [SecretInteger]? {
    switch kernels {
    case .lanes(let power):
      power.scaled(factors, by: exponents)?.map { $0.resized(bitCount: bitCount) }
    case .single(let power): power.scaled(factors, by: exponents)
    }
  }

  /// base^exponent for each exponent of the table's width; nil for others.
  func powers(_ exponents: [SecretInteger]) -> [SecretInteger]? {
    let one = SecretInteger.one.resized(bitCount: bitCount)
    return scaled([SecretInteger](repeating: one, count: exponents.count), by: exponents)
  }
}
