import Lattice
import SecureMemory
import Wire

/// Takes a ciphertext part under another secret s′ to one under s.
///
/// For each ciphertext prime q_i it holds (−a_i·s + e_i + p·ĝ_i·s′, a_i) modulo Q·p, where ĝ_i is 1
/// modulo q_i and 0 modulo the other primes; so it serves every level (Halevi, Polyakov, Shoup 2018,
/// section 4.5, with one special prime as in Gentry, Halevi, Smart 2012).
package struct KeySwitchKey: Sendable {
  /// One polynomial a digit in each row.
  let rows: GadgetRows
  private let seed: [UInt8]

  private static func domain(_ digit: Int) -> String { "Cryptally BFV key switch \(digit)" }

  /// - Parameter target: s′ in evaluation form over the key basis.
  init(
    to target: RNSPolynomial<Evaluation>, under secret: RNSPolynomial<Evaluation>,
    context: Context, using source: inout some RandomSource
  ) {
    let basis = context.keyBasis
    let seed = source.bytes(32)
    let special = context.parameters.specialModulus
    let seconds = KeySwitchKey.expanded(seed: seed, context: context)
    let firsts = seconds.enumerated().map { digit, second in
      var first = maskedError(second, secret, basis: basis, using: &source)
      first.add(target, times: basis.moduli[digit].reduce(special), limb: digit)
      return first
    }
    rows = GadgetRows(first: firsts, second: seconds, basis: basis)
    self.seed = seed
  }

  package static func serializedByteCount(context: Context) -> Int {
    32 + context.topLevel
      * RNSPolynomial<Evaluation>.serializedByteCount(basis: context.keyBasis)
  }

  /// The seed of the second parts, then the first parts packed.
  package func write(to writer: inout BoundedWriter) {
    writer.append(bytes: seed)
    for first in rows.first { first.write(to: &writer) }
  }

  package init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    seed = Array(try reader.readBytes(count: 32, field: "key switching seed"))
    var firsts: [RNSPolynomial<Evaluation>] = []
    for _ in 0..<context.topLevel {
      firsts.append(
        try RNSPolynomial(basis: context.keyBasis, from: &reader, field: "key switching key"))
    }
    rows = GadgetRows(
      first: firsts, second: KeySwitchKey.expanded(seed: seed, context: context),
      basis: context.keyBasis)
  }

  /// The second row.
  private static func expanded(
    seed: [UInt8], context: Context
  ) -> [RNSPolynomial<Evaluation>] {
    (0..<context.topLevel).map { digit in
      RNSPolynomial<Evaluation>.expanded(
        seed: seed, domain: domain(digit), basis: context.keyBasis)
    }
  }
}
