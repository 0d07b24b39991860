import Lattice

/// The polynomial that a vector expects: all its residues where they are few, else their digest and
/// some of them.
struct PolynomialOutcome: Decodable, Sendable {
  private let limbs: [[HexWord]]?
  private let digest: HexBytes?
  private let positions: [Int]?
  /// Of each limb the residues at the positions.
  private let samples: [[HexWord]]?

  /// Compares a polynomial with this one; the samples first, because they tell more.
  ///
  /// - Throws: ``VectorMismatch``, ``MalformedVector``.
  func check<Form>(_ field: String, _ found: RNSPolynomial<Form>) throws {
    if let limbs { return try VectorCheck.equal(field, found, limbs) }
    guard let digest, let positions, let samples, samples.count == found.basis.count,
      positions.allSatisfy((0..<found.degree).contains)
    else { throw MalformedVector(field, "neither residues nor a digest with samples") }
    for (limb, words) in samples.enumerated() {
      try VectorCheck.equal(
        "\(field).samples[\(limb)]", positions.map { found[limb: limb, $0] }, words)
    }
    try VectorCheck.digest("\(field).digest", words: found.residues, digest)
  }
}
