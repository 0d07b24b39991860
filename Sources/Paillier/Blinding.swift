import BigInteger
import Locking
import SecureMemory

/// Factors that hide from side channels what a secret power is taken of, without changing the result.
///
/// For a random x, β = x^p is a p-th power modulo p², so β^(p − 1) = 1 there: c · β decrypts as c does.
/// Each factor is used once; its square is the next, and after some uses a new one is drawn, because
/// drawing costs as much as decrypting (P. Kocher, "Timing Attacks on Implementations of
/// Diffie-Hellman, RSA, DSS, and Other Systems", 1996, section 10).
final class Blinding: Sendable {
  private struct State {
    var factors: [SecretInteger] = []
    var uses = 0
  }

  private let modulus: SquareModulus
  private let state = Locked(State())
  private static let usesOfADraw = 32

  /// - Parameter modulus: that of the secret prime.
  init(modulus: SquareModulus) { self.modulus = modulus }

  /// Each number below the square times a factor of its own, modulo the square.
  func blinded(_ bases: [SecretInteger]) -> [SecretInteger] {
    zip(bases, factors(count: bases.count)).map { modulus.product($0, $1) }
  }

  private func factors(count: Int) -> [SecretInteger] {
    state.withLock { state in
      if state.uses == 0 || state.uses >= Blinding.usesOfADraw || state.factors.count < count {
        state.factors = drawn(count: max(count, modulus.batchCount))
        state.uses = 0
      }
      state.uses += 1
      let factors = Array(state.factors.prefix(count))
      for index in factors.indices {
        state.factors[index] = modulus.product(factors[index], factors[index])
      }
      return factors
    }
  }

  private func drawn(count: Int) -> [SecretInteger] {
    var source = SystemRandomSource()
    let bases = (0..<count).map { _ in
      SecretInteger.randomNonzero(below: modulus.root, using: &source)
        .resized(bitCount: modulus.square.bitCount)
    }
    return modulus.powers(of: bases, modulus.root)
  }
}
