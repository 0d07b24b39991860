import BFV
import Paillier
import SecureMemory
import Wire

/// The digest of what an evaluation adds up, before it is re-randomized, flooded or masked.
///
/// Up to there evaluation is deterministic, so whoever has the tables and the evaluation keys gets the
/// same digest. It gives nothing away: it is over ciphertexts that anybody with the tables can compute.
struct EvaluationDigest {
  private var stream = DigestStream(domain: "Cryptally evaluation")

  /// Adds the sum of the next lattice total; nil when nothing contributes to it.
  mutating func add(_ sum: BFV.Ciphertext?) {
    var writer = BoundedWriter()
    writer.append(sum != nil)
    sum?.write(to: &writer)
    stream.update(writer.bytes)
  }

  /// Adds the sum of the next Paillier block; nil when no record contributes to it.
  mutating func add(
    _ sum: Paillier.Ciphertext?, key: Paillier.PublicKey
  ) throws(PaillierError) {
    var writer = BoundedWriter()
    writer.append(sum != nil)
    if let sum { writer.append(bytes: try sum.serialized(for: key)) }
    stream.update(writer.bytes)
  }

  mutating func finish() -> Digest { stream.finalize() }
}
