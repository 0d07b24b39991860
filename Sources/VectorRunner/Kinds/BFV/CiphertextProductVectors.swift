import BFV

/// Products of two ciphertexts: each coefficient of t·d/Q rounded, d the product over the integers.
struct CiphertextProductVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    let factors: [CiphertextInput]
    let output: CiphertextOutput?
    /// What the product decrypts to.
    let message: [HexWord]?
  }

  static let name = "bfv.product"

  private let ring: BFVRing
  private let decryptor: Decryptor

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    decryptor = Decryptor(try ring.secretKey(group.secretSeed))
  }

  func run(_ vector: Case) throws {
    let factors = try vector.factors.ciphertexts(in: ring)
    guard factors.count == 2 else {
      throw VectorMismatch(field: "factors", expected: "two", found: "\(factors.count)")
    }
    let evaluator = ring.evaluator
    let product = try evaluator.multiply(factors[0], factors[1])
    try vector.output?.check("output", product)
    // In a factor's place.
    var reused = factors[0]
    try evaluator.multiply(reused, factors[1], into: &reused)
    try vector.output?.check("output, in a factor's place", reused)
    // From factors that were extended before.
    var sum = try evaluator.makeProductAccumulator(level: factors[0].level)
    try sum.accumulate(evaluator.extend(factors[0]), evaluator.extend(factors[1]))
    try vector.output?.check("output, of extended factors", sum.finishThreeParts())
    if let message = vector.message {
      try VectorCheck.equal("message", decryptor.decrypt(product).coefficients, message)
    }
  }
}
