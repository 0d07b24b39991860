import Lattice
import SecureMemory
import Wire

/// An encrypted plaintext: two parts, or three after a product, in evaluation form.
public struct Ciphertext: Sendable {
  package var parts: [RNSPolynomial<Evaluation>]
  /// The fingerprint of the parameters that it was made under.
  public let fingerprint: Digest

  package init(parts: [RNSPolynomial<Evaluation>], fingerprint: Digest) {
    self.parts = parts
    self.fingerprint = fingerprint
  }

  /// The number of primes of its modulus.
  public var level: Int { parts.first?.basis.count ?? 0 }
  /// The number of parts: 2, or 3 before relinearization.
  public var partCount: Int { parts.count }

  /// The exact size of a two-part ciphertext's serialized form in bytes.
  public static func serializedByteCount(context: Context, level: Int) throws(EvaluationError)
    -> Int
  {
    let basis = try context.basis(level: level)
    return 1 + 1 + 2 * RNSPolynomial<Evaluation>.serializedByteCount(basis: basis)
  }

  /// Level, part count, then the parts, packed to the bits of each prime. Only what has two parts can
  /// be read again: relinearize products before they are written.
  public func write(to writer: inout BoundedWriter) {
    writer.append(UInt8(level))
    writer.append(UInt8(partCount))
    for part in parts { part.write(to: &writer) }
  }

  /// Reads what `write` wrote, every residue checked.
  /// - Throws: `WireError`.
  public init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    let basis = try Ciphertext.readHeader(context: context, from: &reader)
    var parts: [RNSPolynomial<Evaluation>] = []
    for _ in 0..<2 {
      parts.append(
        try RNSPolynomial(basis: basis, from: &reader, field: Ciphertext.partField))
    }
    self.init(parts: parts, fingerprint: context.fingerprint)
  }

  static let partField = "ciphertext part"

  /// What stands before the parts: the basis of the level, and that there are two.
  static func readHeader(
    context: Context, from reader: inout BoundedReader
  ) throws(WireError) -> RNSBasis {
    let level = Int(try reader.readUInt8(field: "ciphertext level"))
    guard let basis = try? context.basis(level: level) else {
      throw reader.invalid(field: "ciphertext level", problem: "there is no such level")
    }
    guard try reader.readUInt8(field: "ciphertext part count") == 2 else {
      throw reader.invalid(field: "ciphertext part count", problem: "it is not 2")
    }
    return basis
  }
}
