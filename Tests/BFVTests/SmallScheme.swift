import BFV
import Lattice

/// A small ring without security, with all its keys.
struct SmallScheme {
  let context: Context
  let secretKey: SecretKey
  let encoder: BatchEncoder
  let encryptor: Encryptor
  let decryptor: Decryptor
  let evaluator: Evaluator
  let relinearizationKey: RelinearizationKey
  let galoisKeys: GaloisKeys
  let workload: Workload

  /// - Parameter elements: the automorphisms to make keys for; packing and a few rotations if left out.
  init(
    degree: Int = 1024, depth: Int = 3, bound: UInt64 = 1 << 30, additionsPerTotal: Int = 64,
    elements: Set<Int>? = nil
  ) throws {
    workload = Workload(
      plaintextBound: bound, depth: depth, additionsPerFactor: 64, additionsPerLevel: 4,
      additionsPerTotal: additionsPerTotal, plaintextProducts: 1, totals: 64)
    context = try Context(
      EncryptionParameters.deriveInsecureForTesting(for: workload, degree: degree))
    secretKey = SecretKey(context)
    encoder = BatchEncoder(context)
    encryptor = Encryptor(PublicKey(for: secretKey))
    decryptor = Decryptor(secretKey)
    evaluator = Evaluator(context)
    relinearizationKey = RelinearizationKey(for: secretKey)
    galoisKeys = GaloisKeys(
      for: secretKey,
      elements: elements
        ?? GaloisKeys.packingElements(degree: degree).union([
          GaloisKeys.rotationElement(by: 1, degree: degree),
          GaloisKeys.rotationElement(by: -5, degree: degree),
          GaloisKeys.rowSwapElement(degree: degree),
        ]))
  }

  func encrypt(_ values: [Int64]) throws -> Ciphertext {
    try encryptor.encrypt(encoder.encode(values))
  }

  func decrypt(_ ciphertext: Ciphertext) throws -> [Int64] {
    try encoder.decode(decryptor.decrypt(ciphertext))
  }

  func randomValues(below bound: Int64) -> [Int64] {
    (0..<context.slotCount).map { _ in Int64.random(in: -bound...bound) }
  }
}
