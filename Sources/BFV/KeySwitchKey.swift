import Lattice
import SecureMemory
import Wire

/// Takes a ciphertext part under another secret s′ to one under s.
///
/// For each ciphertext prime q_i it holds (−a_i·s + e_i + p·ĝ_i·s′, a_i) modulo Q·p, where ĝ_i is 1
/// modulo q_i and 0 modulo the other primes; so it serves every level (Halevi, Polyakov, Shoup 2018,
/// section 4.5, with one special prime as in Gentry, Halevi, Smart 2012).
package struct KeySwitchKey: Sendable {
  let digits: [Digit]
  private let seed: [UInt8]

  struct Digit: Sendable {
    let first: RNSPolynomial<Evaluation>
    let second: RNSPolynomial<Evaluation>
  }

  private static func domain(_ digit: Int) -> String { "Cryptally BFV key switch \(digit)" }

  /// - Parameter target: s′ in evaluation form over the key basis.
  init(
    to target: RNSPolynomial<Evaluation>, under secret: RNSPolynomial<Evaluation>,
    context: Context, using source: inout some RandomSource
  ) {
    let basis = context.keyBasis
    let seed = source.bytes(32)
    let special = context.parameters.specialModulus
    digits = (0..<context.topLevel).map { digit in
      let second = RNSPolynomial<Evaluation>.expanded(
        seed: seed, domain: KeySwitchKey.domain(digit), basis: basis)
      var first = maskedError(second, secret, basis: basis, using: &source)
      var scaled = target
      scaled.multiply(
        byConstants: basis.moduli.indices.map { index in
          index == digit ? basis.moduli[index].reduce(special) : 0
        })
      first.add(scaled)
      scaled.wipe()
      return Digit(first: first, second: second)
    }
    self.seed = seed
  }

  package static func serializedByteCount(context: Context) -> Int {
    32 + context.topLevel
      * RNSPolynomial<Evaluation>.serializedByteCount(basis: context.keyBasis)
  }

  /// The seed of the second parts, then the first parts packed.
  package func write(to writer: inout BoundedWriter) {
    writer.append(bytes: seed)
    for digit in digits { digit.first.write(to: &writer) }
  }

  package init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    seed = Array(try reader.readBytes(count: 32, field: "key switching seed"))
    var digits: [Digit] = []
    for index in 0..<context.topLevel {
      digits.append(
        Digit(
          first: try RNSPolynomial(
            basis: context.keyBasis, from: &reader, field: "key switching key"),
          second: RNSPolynomial<Evaluation>.expanded(
            seed: seed, domain: KeySwitchKey.domain(index), basis: context.keyBasis)))
    }
    self.digits = digits
  }
}
