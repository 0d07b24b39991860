import BFV
import Paillier
import SecureMemory
import Wire

/// The digest of what an evaluation adds up, before it is re-randomized, flooded or masked.
///
/// Up to there evaluation is deterministic, so whoever has the tables and the evaluation keys gets the
/// same digest. It gives nothing away: it is over ciphertexts that anybody with the tables can compute.
///
/// For each total, in the answer's order, it is over one byte, 1 where something contributes to it, and
/// then the sum as it is stored.
struct EvaluationDigest {
  private var stream = DigestStream(domain: "Cryptally evaluation")
  /// What the digest is over, total by total; nil unless it is kept.
  private(set) var sums: [[UInt8]]?

  init(keepingSums: Bool = false) { sums = keepingSums ? [] : nil }

  /// Adds the sum of the next lattice total; nil when nothing contributes to it.
  mutating func add(_ sum: BFV.Ciphertext?) {
    var writer = BoundedWriter()
    writer.append(sum != nil)
    sum?.write(to: &writer)
    add(writer.bytes)
  }

  /// Adds the sum of the next Paillier block; nil when no record contributes to it.
  mutating func add(
    _ sum: Paillier.Ciphertext?, key: Paillier.PublicKey
  ) throws(PaillierError) {
    var writer = BoundedWriter()
    writer.append(sum != nil)
    if let sum { writer.append(bytes: try sum.serialized(for: key)) }
    add(writer.bytes)
  }

  private mutating func add(_ bytes: [UInt8]) {
    stream.update(bytes)
    sums?.append(bytes)
  }

  mutating func finish() -> Digest { stream.finalize() }
}
