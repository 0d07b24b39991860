import Paillier

/// The running encrypted sum of numbers. Those of one exponent are added up first, so that each
/// exponent is brought in line once.
struct EncryptedTotal {
  private let publicKey: PublicKey
  private var sums: [Int: CiphertextSum] = [:]

  init(publicKey: PublicKey) { self.publicKey = publicKey }

  /// - Throws: `PaillierError`.
  mutating func add(_ number: EncryptedNumber) throws(PaillierError) {
    var sum = sums.removeValue(forKey: number.exponent) ?? CiphertextSum(publicKey: publicKey)
    try sum.add(number.ciphertext)
    sums[number.exponent] = sum
  }

  /// The sum, re-randomized so that it does not show what it was made of; of nothing, zero.
  ///
  /// - Throws: `PaillierError`.
  func total() throws(PaillierError) -> EncryptedNumber {
    let evaluator = Evaluator(publicKey: publicKey)
    var total: EncryptedNumber?
    for (exponent, sum) in sums.sorted(by: { $0.key > $1.key }) {
      let part = try EncryptedNumber(ciphertext: sum.total(), exponent: exponent)
      total =
        try total.map { (total) throws(PaillierError) in try evaluator.add(total, part) } ?? part
    }
    guard let total else { return try EncryptedNumber(ciphertext: evaluator.zero(), exponent: 0) }
    return try EncryptedNumber(
      ciphertext: evaluator.rerandomize(total.ciphertext), exponent: total.exponent)
  }
}
