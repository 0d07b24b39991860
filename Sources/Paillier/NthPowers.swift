import BigInteger
import SecureMemory

/// Where an encryptor's n-th powers modulo n² come from.
struct NthPowers: Sendable {
  private enum Form {
    /// h_s^α from a table.
    case table(FixedBase)
    /// h_s^α modulo p² and q², from a table each.
    case tables(FixedBase, FixedBase, ResidueCombination)
    /// r^n.
    case classical
    /// r^n modulo p² and q².
    case classicalHalves(ResidueCombination)
  }

  private let ring: CiphertextRing
  private let form: Form
  /// The width of α or r.
  let nonceBitCount: Int

  /// For a public key: short exponents where it supports them.
  init(_ key: PublicKey) {
    ring = key.ring
    nonceBitCount = NthPowers.nonceBitCount(key)
    form =
      key.supportsShortExponents
      ? .table(
        key.ring.square.fixedBase(
          ShortExponentBase.value(of: key.ring), exponentBitCount: nonceBitCount))
      : .classical
  }

  /// The same modulo the squares of the primes.
  init(_ key: PrivateKey) throws(PaillierError) {
    guard let combination = key.combination() else {
      throw .invalidPrivateKey(source: PrivateKey.ownSource)
    }
    ring = key.publicKey.ring
    nonceBitCount = NthPowers.nonceBitCount(key.publicKey)
    guard key.publicKey.supportsShortExponents else {
      form = .classicalHalves(combination)
      return
    }
    let (base, width) = (ShortExponentBase.value(of: ring), nonceBitCount)
    func table(_ modulus: SquareModulus) -> FixedBase {
      modulus.fixedBase(base.remainder(dividingBy: modulus.square), exponentBitCount: width)
    }
    form = .tables(table(combination.first), table(combination.second), combination)
  }

  private static func nonceBitCount(_ key: PublicKey) -> Int {
    key.supportsShortExponents
      ? ShortExponentBase.exponentBitCount(modulusBitCount: key.bitCount) : key.bitCount
  }

  /// The bytes of all tables.
  var tableByteCount: Int {
    switch form {
    case .table(let table): table.tableByteCount
    case .tables(let first, let second, _): first.tableByteCount + second.tableByteCount
    case .classical, .classicalHalves: 0
    }
  }

  /// Fresh α or r, uniform.
  func freshNonces(count: Int) -> [SecretInteger] {
    var source = SystemRandomSource()
    return nonces(count: count, using: &source)
  }

  /// α as `SecretInteger.random` draws it, or r as `SecretInteger.randomNonzero` does.
  func nonces(count: Int, using source: inout some RandomSource) -> [SecretInteger] {
    (0..<count).map { _ in
      switch form {
      case .table, .tables: SecretInteger.random(bitCount: nonceBitCount, using: &source)
      case .classical, .classicalHalves:
        SecretInteger.randomNonzero(below: ring.fixedModulus, using: &source)
      }
    }
  }

  /// The n-th power of each nonce, below n².
  func powers(_ nonces: [SecretInteger]) -> [SecretInteger] {
    switch form {
    case .table(let table): table.powers(nonces) ?? []
    case .tables(let first, let second, let combination):
      zip(first.powers(nonces) ?? [], second.powers(nonces) ?? []).map(combination.number)
    case .classical: ring.square.powers(of: nonces, ring.fixedModulus)
    case .classicalHalves(let combination):
      zip(
        halfPowers(nonces, modulo: combination.first),
        halfPowers(nonces, modulo: combination.second)
      ).map(combination.number)
    }
  }

  /// Each factor below n² times the n-th power of a nonce.
  func scaled(_ factors: [SecretInteger], by nonces: [SecretInteger]) -> [SecretInteger] {
    if case .table(let table) = form { return table.scaled(factors, by: nonces) ?? [] }
    return zip(factors, powers(nonces)).map(ring.multiply)
  }

  private func halfPowers(
    _ nonces: [SecretInteger], modulo modulus: SquareModulus
  ) -> [SecretInteger] {
    modulus.powers(
      of: nonces.map { $0.remainder(dividingBy: modulus.square) }, ring.fixedModulus)
  }
}
