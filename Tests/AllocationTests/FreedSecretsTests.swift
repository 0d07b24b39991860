import BFV
import CAllocationCounter
import Testing

/// What is calculated from secrets is wiped before its memory is freed.
@Suite(.enabled(if: cac_is_counting() == 1, "freed memory is looked at with glibc only"))
struct FreedSecretsTests {
  private let context: Context
  private let secretKey: SecretKey
  private let plaintext: Plaintext

  init() throws {
    context = try Context(FixtureParameters.n8192.parameters())
    secretKey = SecretKey(context)
    let values = (0..<context.slotCount).map { Int64($0 % 100 + 1) }
    plaintext = try BatchEncoder(context).encode(values)
  }

  /// How many blocks as large as a polynomial are freed with residues in them.
  private func dirtyFrees(_ operation: () throws -> Void) rethrows -> UInt64 {
    cac_watch_frees(context.slotCount)
    defer { cac_watch_frees(0) }
    try operation()
    return cac_dirty_free_count()
  }

  @Test func theWatchSees() {
    let count = context.slotCount
    let dirty = dirtyFrees { _ = [UInt64](repeating: 7, count: count).map { $0 &* 3 } }
    #expect(dirty > 0)
    #expect(dirtyFrees { _ = [UInt64](repeating: 0, count: count).map { $0 &* 3 } } == 0)
  }

  @Test func encryptionLeavesNothing() throws {
    let encryptor = Encryptor(PublicKey(for: secretKey))
    var ciphertexts: [Ciphertext] = []
    ciphertexts.reserveCapacity(8)
    let dirty = try dirtyFrees {
      for _ in 0..<4 { ciphertexts.append(try encryptor.encrypt(plaintext)) }
    }
    #expect(dirty == 0)
  }

  @Test func encryptionWithTheSecretKeyLeavesNothing() throws {
    let encryptor = SymmetricEncryptor(secretKey)
    var ciphertexts: [SeededCiphertext] = []
    ciphertexts.reserveCapacity(8)
    // Its expanded second part is public and is freed as it is.
    let dirty = try dirtyFrees {
      for _ in 0..<4 { ciphertexts.append(try encryptor.encrypt(plaintext)) }
    }
    #expect(dirty == 4)
  }

  @Test func decryptionLeavesNothing() throws {
    let encryptor = Encryptor(PublicKey(for: secretKey))
    let decryptor = Decryptor(secretKey)
    let evaluator = Evaluator(context)
    let ciphertext = try encryptor.encrypt(plaintext)
    let totals = try evaluator.extractTotals(
      ciphertext, noise: context.noiseModel.fresh, totalsInAnswer: 1,
      rerandomizingWith: encryptor)
    var plaintexts: [Plaintext] = []
    plaintexts.reserveCapacity(8)
    let dirty = try dirtyFrees { plaintexts.append(try decryptor.decrypt(ciphertext)) }
    #expect(dirty == 0)
    let dirtyTotals = try dirtyFrees { _ = try decryptor.decrypt(totals) }
    #expect(dirtyTotals == 0)
  }
}
