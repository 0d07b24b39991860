import Lattice
import SecureMemory
import Wire

/// What an answer carries of a ciphertext: the second part, and of the first part only the
/// coefficients that hold totals (an LWE extraction). Nothing else of the plaintext can be decrypted
/// from it.
public struct EncryptedTotals: Sendable {
  /// For each total, one residue for each prime.
  let firstCoefficients: [[UInt64]]
  let second: RNSPolynomial<Coefficient>
  /// The fingerprint of the parameters that it was made under.
  public let fingerprint: Digest

  /// The number of totals.
  public var count: Int { firstCoefficients.count }
  /// The number of primes of its modulus.
  public var level: Int { second.basis.count }

  init(
    firstCoefficients: [[UInt64]], second: RNSPolynomial<Coefficient>, fingerprint: Digest
  ) {
    self.firstCoefficients = firstCoefficients
    self.second = second
    self.fingerprint = fingerprint
  }

  /// The distance between the coefficients of `count` totals: N over the next power of two.
  static func stride(count: Int, degree: Int) -> Int {
    var slots = 1
    while slots < count { slots *= 2 }
    return degree / slots
  }

  /// Level, number of totals, the first part's coefficients, the second part packed.
  public func write(to writer: inout BoundedWriter) {
    writer.append(UInt8(level))
    writer.append(UInt32(count))
    for residues in firstCoefficients {
      for residue in residues { writer.append(residue) }
    }
    second.write(to: &writer)
  }

  /// Reads what `write` wrote, every residue checked.
  /// - Throws: `WireError`.
  public init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    let level = Int(try reader.readUInt8(field: "totals level"))
    guard let basis = try? context.basis(level: level) else {
      throw reader.invalid(field: "totals level", problem: "there is no such level")
    }
    let count = try reader.readCount(atMost: context.slotCount, field: "number of totals")
    guard count > 0 else {
      throw reader.invalid(field: "number of totals", problem: "it is zero")
    }
    var coefficients: [[UInt64]] = []
    for _ in 0..<count {
      let residues = try reader.readWords(count: level, field: "total")
      guard zip(residues, basis.moduli).allSatisfy({ $0 < $1.value }) else {
        throw reader.invalid(field: "total", problem: "a residue is not below its modulus")
      }
      coefficients.append(residues)
    }
    self.init(
      firstCoefficients: coefficients,
      second: try RNSPolynomial(basis: basis, from: &reader, field: "totals"),
      fingerprint: context.fingerprint)
  }
}
