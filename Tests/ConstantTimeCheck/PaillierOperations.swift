import BigInteger
import Paillier
import SecureMemory

/// Every operation of Paillier on secrets, each with the reports that memcheck made meanwhile.
struct PaillierOperations {
  private let bitCount: Int
  private let hasShortExponents: Bool

  /// - Parameters:
  ///   - bitCount: the size of the key's modulus.
  ///   - hasShortExponents: the form of encryption.
  init(bitCount: Int, hasShortExponents: Bool) {
    self.bitCount = bitCount
    self.hasShortExponents = hasShortExponents
  }

  /// Prints a line for each operation.
  func run() throws {
    // Finding primes is exempt, so they are marked only afterwards.
    var source = SeedExpander(seed: [UInt8(bitCount % 251)], domain: "constant-time check")
    let serialized = try PrivateKey.generateInsecureForTesting(bitCount: bitCount, using: &source)
      .serialized()
    serialized.withUnsafeMutableBytes { $0[4] = hasShortExponents ? 1 : 0 }
    let secret = Secrets.bytes(serialized, from: 5)

    let key = try measure("private key from its primes") {
      try PrivateKey(serializedInsecureForTesting: secret, source: "secret.key")
    }
    let written = measure("private key to bytes") { key.serialized() }
    guard Secrets.isMarked(written) else { throw CheckError.markWasLost }
    let n = key.publicKey.modulus

    let plaintexts = [BigInteger(0), 1, n - 1, n >> 1, n >> 9]
    let secretPlaintexts = plaintexts.map(Secrets.number)
    let encryptor = measure("table of the public key") { Encryptor(publicKey: key.publicKey) }
    let ciphertexts = try measure("encrypt") { try encryptor.encrypt(secretPlaintexts) }
    try measure("encrypt, signed") {
      _ = try encryptor.encrypt(signed: Secrets.number(n >> 2))
      _ = try encryptor.encrypt(signed: Secrets.number(-(n >> 2)))
    }
    let nonce = Secrets.number((BigInteger(1) << (bitCount / 2 - 1)) - 3)
    try measure("encrypt with a given nonce") {
      _ = try encryptor.encryptInsecureForTesting(secretPlaintexts[3], nonce: nonce)
    }

    let holder = try measure("table of the key holder") { try Encryptor(privateKey: key) }
    let own = try measure("encrypt by the key holder") { try holder.encrypt(secretPlaintexts) }
    let pooled = try measure("encrypt from a pool") {
      let pool = RandomizerPool(encryptor: encryptor, capacity: 2)
      pool.fill()
      return try pool.encrypt(secretPlaintexts)
    }

    let evaluator = Evaluator(publicKey: key.publicKey)
    let sum = try measure("add a plaintext") {
      try evaluator.add(ciphertexts[2], plaintext: secretPlaintexts[3])
    }
    let product = try measure("multiply by a plaintext") {
      try evaluator.multiply(ciphertexts[2], by: secretPlaintexts[4])
    }
    let fresh = try measure("rerandomize") { try evaluator.rerandomize(ciphertexts) }

    try measure("decrypt") {
      for ciphertext in ciphertexts { _ = try key.decrypt(ciphertext) }
    }
    let decrypted = try measure("decrypt many") {
      try [ciphertexts, own, pooled, fresh].map { try key.decrypt($0) }
    }
    let signed = try measure("decrypt, signed") { try key.decryptSigned(product) }
    let total = try key.decrypt(sum)

    // A mark changes no value.
    guard decrypted.allSatisfy({ $0 == plaintexts }), signed == -(n >> 9),
      total == (n >> 1) - 1
    else { throw CheckError.wrongResult("decryption") }
  }

}
