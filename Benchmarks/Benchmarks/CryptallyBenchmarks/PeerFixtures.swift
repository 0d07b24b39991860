import BFV
import PeerParameters

/// A result was not what the plaintexts say: its time would mean nothing.
struct WrongResult: Error {
  let name: String
}

/// Slots that differ from one index to the next, within ±498.
private func slots(_ index: Int, count: Int) -> [Int64] {
  (0..<count).map { Int64(($0 * (2 * index + 1) + 31 * index) % 997 - 498) }
}

/// The residue of least magnitude.
private func centred(_ value: Int64, modulo modulus: UInt64) -> Int64 {
  let modulus = Int64(modulus)
  let residue = (value % modulus + modulus) % modulus
  return residue > modulus / 2 ? residue - modulus : residue
}

/// A thousand ciphertexts and a thousand plaintexts, all distinct.
struct SumFixture: Sendable {
  static let shared = Result { try SumFixture() }
  /// Memory of the ciphertexts' size.
  static let memory = Result {
    let parameters = try PeerParameters.operations()
    return MemoryFixture(
      byteCount: 1000 * 2 * parameters.ciphertextModuli.count * parameters.degree * 8)
  }

  let evaluator: Evaluator
  let ciphertexts: [Ciphertext]
  let factors: [PreparedPlaintext]

  init() throws {
    let context = try Context(PeerParameters.operations())
    let secretKey = SecretKey(context)
    let encoder = BatchEncoder(context)
    let encryptor = Encryptor(PublicKey(for: secretKey))
    let count = context.slotCount
    let evaluator = Evaluator(context)
    let plaintexts = try (0...1000).map { try encoder.encode(slots($0, count: count)) }
    ciphertexts = try plaintexts.prefix(1000).map(encryptor.encrypt)
    factors = try plaintexts.dropFirst().map {
      try evaluator.prepare($0, level: context.topLevel)
    }
    self.evaluator = evaluator

    let decryptor = Decryptor(secretKey)
    func check(_ name: String, _ result: Ciphertext, _ term: (Int) -> Int64) throws {
      let expected = centred(
        (0..<1000).reduce(0) { $0 + term($1) }, modulo: context.parameters.plaintextModulus)
      guard try encoder.decode(decryptor.decrypt(result))[1] == expected else {
        throw WrongResult(name: name)
      }
    }
    try check("sum", evaluator.sum(ciphertexts)) { slots($0, count: 2)[1] }
    try check("inner product", evaluator.innerProduct(ciphertexts, factors)) {
      slots($0, count: 2)[1] * slots($0 + 1, count: 2)[1]
    }
  }
}

/// A million records: pairs of an indicator and a value, all distinct.
struct ConditionalSumFixture: Sendable {
  static let shared = Result { try ConditionalSumFixture() }

  let encryptor: Encryptor
  let evaluator: Evaluator
  let relinearizationKey: RelinearizationKey
  let galoisKeys: GaloisKeys
  let indicators: [Ciphertext]
  let amounts: [Ciphertext]

  init() throws {
    let context = try Context(PeerParameters.conditionalSum())
    let secretKey = SecretKey(context)
    let encoder = BatchEncoder(context)
    let encryptor = Encryptor(PublicKey(for: secretKey))
    let count = context.slotCount
    let values = (0..<PeerParameters.pairs).map { slots($0, count: count) }
    func isChosen(_ value: Int64) -> Int64 { value & 1 }
    indicators = try values.map { try encryptor.encrypt(encoder.encode($0.map(isChosen))) }
    amounts = try values.map { try encryptor.encrypt(encoder.encode($0)) }
    self.encryptor = encryptor
    evaluator = Evaluator(context)
    relinearizationKey = RelinearizationKey(for: secretKey)
    galoisKeys = GaloisKeys(
      for: secretKey, elements: GaloisKeys.packingElements(degree: context.parameters.degree))

    let expected = centred(
      values.joined().reduce(0) { $0 + isChosen($1) * $1 },
      modulo: context.parameters.plaintextModulus)
    let decryptor = Decryptor(secretKey)
    guard try encoder.decode(decryptor.decrypt(slotSum())).allSatisfy({ $0 == expected }) else {
      throw WrongResult(name: "conditional sum")
    }
    guard try decryptor.decrypt(extracted()) == [expected] else {
      throw WrongResult(name: "extracted conditional sum")
    }
  }

  /// The sum of all products, in two parts.
  private func sum() throws -> Ciphertext {
    var accumulator = try evaluator.makeProductAccumulator(level: evaluator.context.topLevel)
    for index in indicators.indices {
      try accumulator.accumulate(indicators[index], amounts[index])
    }
    return try accumulator.finish(relinearizingWith: relinearizationKey)
  }

  /// The total in every slot, as the peers leave it.
  func slotSum() throws -> Ciphertext { try evaluator.slotSum(sum(), using: galoisKeys) }

  /// The total as an answer carries it, flooded: no rotation at all.
  func extracted() throws -> EncryptedTotals {
    // The bound of one product: how much noise floods a total is no matter of time.
    let model = evaluator.context.noiseModel
    let noise = model.product(model.fresh, model.fresh, level: evaluator.context.topLevel)
    return try evaluator.extractTotals(
      sum(), noise: noise, totalsInAnswer: 1, rerandomizingWith: encryptor)
  }
}
