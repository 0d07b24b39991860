import SecureMemory

/// Where the randomness of a table's ciphertexts comes from.
enum EncryptionRandomness: Sendable {
  /// libsodium.
  case system
  /// A seed, for vectors and tests.
  ///
  /// Each part has bytes of its own, so that the order in which parts are encrypted does not matter:
  /// those of a `SeedExpander` with the seed under a domain that names the part.
  ///
  /// | part | domain |
  /// | --- | --- |
  /// | the table's identifier, 16 bytes | `Cryptally test table identifier` |
  /// | a lattice column of the records from slot s of chunk c | `Cryptally test column c s KEY` |
  /// | Paillier block b of the records from slot s of chunk c | `Cryptally test Paillier block c s b` |
  ///
  /// c, s and b are decimal numbers, KEY is `LatticeColumn.storageKey`. A column takes what
  /// `BFV.Encryptor` takes for a ciphertext; a Paillier block what `Paillier.Encryptor` takes for each
  /// record in its order.
  case insecureForTesting(seed: [UInt8])

  /// A new table's identifier.
  func tableIdentifier() -> TableIdentifier {
    switch self {
    case .system: return .random()
    case .insecureForTesting(let seed):
      var source = SeedExpander(seed: seed, domain: "Cryptally test table identifier")
      return TableIdentifier(insecureForTesting: &source)
    }
  }

  /// The source for a lattice column of a batch.
  func source(column: String, chunk: Int, slot: Int) -> any RandomSource {
    source(domain: "Cryptally test column \(chunk) \(slot) \(column)")
  }

  /// The source for a Paillier block of a batch.
  func source(block: Int, chunk: Int, slot: Int) -> any RandomSource {
    source(domain: "Cryptally test Paillier block \(chunk) \(slot) \(block)")
  }

  private func source(domain: String) -> any RandomSource {
    switch self {
    case .system: SystemRandomSource()
    case .insecureForTesting(let seed): SeedExpander(seed: seed, domain: domain)
    }
  }
}
