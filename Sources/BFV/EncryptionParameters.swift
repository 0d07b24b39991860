import Lattice
import SecureMemory
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The numbers that fix a BFV ring: degree, plaintext modulus, ciphertext primes, special prime.
///
/// They come from a named set (`EncryptionParameters.named`) or from a workload
/// (`EncryptionParameters.derive`), never by hand, and are within the 2024 security guidelines'
/// table for 128 bits.
public struct EncryptionParameters: Hashable, Sendable {
  /// N, the number of slots of a plaintext: 1024 to 32768.
  public let degree: Int
  /// t, a prime of at most 50 bits that is 1 modulo 2N.
  public let plaintextModulus: UInt64
  /// The primes q_i whose product is Q, largest level first to be dropped last.
  public let ciphertextModuli: [UInt64]
  /// The prime p that key switching divides by.
  public let specialModulus: UInt64
  /// Whether the parameters are outside the security table: for tests and vectors only.
  package let isInsecureForTesting: Bool

  init(
    degree: Int, plaintextModulus: UInt64, ciphertextModuli: [UInt64], specialModulus: UInt64,
    isInsecureForTesting: Bool = false
  ) throws(ParameterError) {
    self.degree = degree
    self.plaintextModulus = plaintextModulus
    self.ciphertextModuli = ciphertextModuli
    self.specialModulus = specialModulus
    self.isInsecureForTesting = isInsecureForTesting
    try validate()
  }

  /// Parameters without security, for tests and vectors.
  package static func insecureForTesting(
    degree: Int, plaintextModulus: UInt64, ciphertextModuli: [UInt64], specialModulus: UInt64
  ) throws(ParameterError) -> EncryptionParameters {
    try EncryptionParameters(
      degree: degree, plaintextModulus: plaintextModulus, ciphertextModuli: ciphertextModuli,
      specialModulus: specialModulus, isInsecureForTesting: true)
  }

  private func validate() throws(ParameterError) {
    let smallestDegree = isInsecureForTesting ? 8 : 1024
    guard NTTPrimes.isSupported(degree: degree), degree >= smallestDegree else {
      throw .unsupportedDegree(degree)
    }
    guard (1...40).contains(ciphertextModuli.count) else {
      throw .unsupportedModulusCount(ciphertextModuli.count)
    }
    func batches(_ modulus: UInt64, bits: Int) -> Bool {
      modulus < 1 << UInt64(bits) && modulus % UInt64(2 * degree) == 1
        && NTTPrimes.isPrime(modulus)
    }
    guard batches(plaintextModulus, bits: 50) else {
      throw .unsuitablePlaintextModulus(plaintextModulus, degree: degree)
    }
    var seen: Set<UInt64> = [plaintextModulus]
    // The errors of an encryption, up to 21, are residues of any prime; real parameters keep clear of
    // primes that add little but work.
    let smallest: UInt64 = isInsecureForTesting ? 22 : 1 << 19
    for modulus in ciphertextModuli + [specialModulus] {
      guard batches(modulus, bits: 60), modulus >= smallest else {
        throw .unsuitableCiphertextModulus(modulus, degree: degree)
      }
      guard seen.insert(modulus).inserted else { throw .repeatedModulus(modulus) }
    }
    for modulus in ciphertextModuli where modulus > specialModulus {
      throw .specialModulusTooSmall(specialModulus)
    }
    guard !isInsecureForTesting else { return }
    guard let limit = SecurityTable.maximumModulusBits(degree: degree) else {
      throw .unsupportedDegree(degree)
    }
    guard log2Modulus <= Double(limit) else {
      throw .insecure(degree: degree, bits: log2Modulus, limit: limit)
    }
  }

  /// log2 of the whole modulus Q · p.
  public var log2Modulus: Double {
    (ciphertextModuli + [specialModulus]).reduce(0) { $0 + log2(Double($1)) }
  }

  /// Identifies the parameters in every file that depends on them.
  public var fingerprint: Digest {
    var writer = BoundedWriter()
    write(to: &writer)
    return Digest.of(writer.bytes, domain: "Cryptally BFV parameters")
  }

  /// Degree, plaintext modulus, number of primes, primes, special prime, testing flag.
  package func write(to writer: inout BoundedWriter) {
    writer.append(UInt32(degree))
    writer.append(plaintextModulus)
    writer.append(UInt32(ciphertextModuli.count))
    for modulus in ciphertextModuli { writer.append(modulus) }
    writer.append(specialModulus)
    writer.append(UInt8(isInsecureForTesting ? 1 : 0))
  }

  /// Reads what `write` wrote and validates it anew. Parameters made for tests are refused unless
  /// `allowsTesting`.
  package init(
    from reader: inout BoundedReader, allowsTesting: Bool
  ) throws {
    let degree = Int(try reader.readUInt32(field: "ring degree"))
    let plaintextModulus = try reader.readUInt64(field: "plaintext modulus")
    let count = try reader.readCount(atMost: 40, field: "number of ciphertext moduli")
    var moduli: [UInt64] = []
    for _ in 0..<count { moduli.append(try reader.readUInt64(field: "ciphertext modulus")) }
    let special = try reader.readUInt64(field: "special prime")
    let isTesting = try reader.readBool(field: "testing flag")
    guard !isTesting || allowsTesting else {
      throw reader.invalid(field: "testing flag", problem: "these parameters have no security")
    }
    try self.init(
      degree: degree, plaintextModulus: plaintextModulus, ciphertextModuli: moduli,
      specialModulus: special, isInsecureForTesting: isTesting)
  }
}
