import BigInteger
import Paillier
import SecureMemory
import Testing

/// Against what the independent generator calculated.
@Suite struct KnownAnswerVectorTests {
  @Test func keys() throws {
    for vector in try VectorFiles.keys.get() {
      let key = try vector.makePrivateKey()
      #expect(try key.publicKey.modulus == number(vector.n))
      #expect(key.publicKey.bitCount == vector.bits)
      #expect(key.publicKey.fingerprint.hexadecimal == vector.fingerprint)
      #expect(try key.publicKey.serialized() == VectorFiles.bytes(vector.publicKey))
      let secret = key.serialized()
      #expect(try secret.withUnsafeBytes { Array($0) } == VectorFiles.bytes(vector.privateKey))
      #expect(secret.count == PrivateKey.serializedByteCount(bitCount: vector.bits))
    }
  }

  @Test func encryptionAndDecryption() throws {
    for vector in try VectorFiles.keys.get() {
      let key = try vector.makePrivateKey()
      let encryptor = Encryptor(publicKey: key.publicKey)
      for encryption in vector.encryptions {
        let ciphertext = try encryptor.encryptInsecureForTesting(
          number(encryption.m), nonce: number(encryption.nonce))
        #expect(
          try ciphertext.serialized(for: key.publicKey) == VectorFiles.bytes(encryption.c),
          "\(vector.name)")
        #expect(try key.decrypt(ciphertext) == number(encryption.m), "\(vector.name)")
      }
    }
  }

  @Test func operations() throws {
    for vector in try VectorFiles.keys.get() {
      let key = try vector.makePrivateKey()
      let read = CiphertextReader(key: key.publicKey)
      let evaluator = Evaluator(publicKey: key.publicKey)
      let expected = vector.operations
      let (a, b, k) = (try read(expected.a), try read(expected.b), try number(expected.k))
      let sum = try evaluator.add(a, b)
      #expect(try sum == read(expected.add))
      #expect(try key.decrypt(sum) == number(expected.plainSum))
      #expect(try evaluator.subtract(a, b) == read(expected.subtract))
      #expect(try evaluator.negate(a) == read(expected.negate))
      #expect(try evaluator.add(a, plaintext: k) == read(expected.addPlaintext))
      let product = try evaluator.multiply(a, by: k)
      #expect(try product == read(expected.multiply))
      #expect(try evaluator.multiply(a, variableTime: k) == product)
      #expect(try key.decrypt(product) == number(expected.plainProduct))

      let summands = try expected.summands.map { try read($0) }
      let total = try evaluator.sum(summands)
      #expect(try total == read(expected.sum))
      #expect(try key.decrypt(total) == number(expected.plainTotal))
    }
  }

  @Test func packing() throws {
    for vector in try VectorFiles.packings.get() {
      let packing = try vector.packing()
      #expect(packing.blockCount == vector.blockSums.count)
      for (record, plaintexts) in zip(vector.records, vector.plaintexts) {
        #expect(try packing.pack(record).map(\.hexadecimal) == plaintexts, "\(vector.name)")
      }
      var sums: [Int: BigInteger] = [:]
      for (block, sum) in vector.blockSums.enumerated() { sums[block] = try number(sum) }
      let everything = PackingRequest(sums: Set(packing.measures.indices))
      let totals = try packing.unpack(sums, answering: everything)
      #expect(totals.recordCount == vector.recordCount)
      for index in packing.measures.indices {
        #expect(totals.counts[index] == vector.counts[index], "\(vector.name)")
        #expect(totals.sums[index] == vector.sums[index], "\(vector.name)")
      }
    }
  }
}
