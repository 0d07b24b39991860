/// The running encrypted sum of many ciphertexts of one key, in constant memory: a ``GroupedSum`` of
/// one group.
public struct CiphertextSum: Sendable {
  private var sum: GroupedSum

  /// The key of all of them.
  public var publicKey: PublicKey { sum.publicKey }
  /// How many ciphertexts were added.
  public var count: Int { sum.counts[0] }

  /// The empty sum.
  public init(publicKey: PublicKey) { sum = GroupedSum(publicKey: publicKey, groupCount: 1) }

  /// Adds a ciphertext.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``; then nothing was added.
  public mutating func add(_ ciphertext: Ciphertext) throws(PaillierError) {
    try sum.add(ciphertext, to: 0)
  }

  /// Adds a ciphertext as ``Ciphertext/serialized(for:)`` wrote it.
  ///
  /// - Parameter source: the file or part that the bytes come from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` unless it is between 0 and n²;
  ///   then nothing was added. What is no unit shows in ``total(source:)``.
  public mutating func add(
    serialized bytes: some Collection<UInt8>, source: String
  ) throws(PaillierError) {
    try sum.add(serialized: bytes, to: 0, source: source)
  }

  /// Adds all that another sum has, such as one of another task's.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``; then nothing was added.
  public mutating func add(_ other: CiphertextSum) throws(PaillierError) {
    try sum.add(other.sum)
  }

  /// The encryption of the sum modulo n; of none, a fresh encryption of zero. Deterministic
  /// otherwise: re-randomize what leaves the server.
  ///
  /// - Parameter source: where the ciphertexts came from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` when one that came as bytes is no
  ///   unit modulo n.
  public func total(source: String = "ciphertexts") throws(PaillierError) -> Ciphertext {
    try sum.total(of: 0, source: source)
  }
}
