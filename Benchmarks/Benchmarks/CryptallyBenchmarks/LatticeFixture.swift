import BFV
import Lattice
import SecureMemory

/// Keys and operands of one named parameter set.
struct LatticeFixture: Sendable {
  let context: Context
  let secretKey: SecretKey
  let encoder: BatchEncoder
  let encryptor: Encryptor
  let symmetricEncryptor: SymmetricEncryptor
  let decryptor: Decryptor
  let evaluator: Evaluator
  let relinearizationKey: RelinearizationKey
  let galoisKeys: GaloisKeys
  let values: [Int64]
  let plaintext: Plaintext
  let prepared: PreparedPlaintext
  let a: Ciphertext
  let b: Ciphertext
  let product: Ciphertext
  let extendedA: ExtendedCiphertext
  let extendedB: ExtendedCiphertext

  init(_ name: NamedParameters) throws {
    context = try Context(.named(name))
    secretKey = SecretKey(context)
    encoder = BatchEncoder(context)
    encryptor = Encryptor(PublicKey(for: secretKey))
    symmetricEncryptor = SymmetricEncryptor(secretKey)
    decryptor = Decryptor(secretKey)
    evaluator = Evaluator(context)
    relinearizationKey = RelinearizationKey(for: secretKey)
    galoisKeys = GaloisKeys(
      for: secretKey,
      elements: [GaloisKeys.rotationElement(by: 1, degree: context.parameters.degree)])
    values = (0..<context.slotCount).map { Int64($0 % 997) - 498 }
    plaintext = try encoder.encode(values)
    prepared = try evaluator.prepare(plaintext, level: context.topLevel)
    a = try encryptor.encrypt(plaintext)
    b = try encryptor.encrypt(plaintext)
    product = try evaluator.multiply(a, b)
    extendedA = try evaluator.extend(a)
    extendedB = try evaluator.extend(b)
  }
}

/// A prime of a parameter set and residues modulo it.
struct TransformFixture: Sendable {
  let plan: NTTPlan
  let residues: [UInt64]

  init(_ parameters: EncryptionParameters) throws {
    let prime = parameters.ciphertextModuli[0]
    plan = try NTTPlan(degree: parameters.degree, modulus: Modulus(prime))
    residues = (0..<parameters.degree).map {
      UInt64($0) &* 0x9E37_79B9_7F4A_7C15 % prime
    }
  }
}
