import BFV

/// Products of ciphertexts with plaintexts, and their sums.
struct PlaintextProductVectors: VectorKind {
  typealias Group = BFVRingFields

  struct Case: Decodable, Sendable {
    struct Factor: Decodable, Sendable {
      let plaintext: PlaintextInput
      /// Where it is lifted to.
      let level: Int
      /// Whether the foreign ring's evaluator lifts it.
      let foreign: Bool?
    }

    enum Operation: String, Decodable, Sendable {
      case multiply
      case innerProduct = "inner_product"
    }

    let operation: Operation
    let operands: [CiphertextInput]
    let factors: [Factor]
    let output: CiphertextOutput?
  }

  static let name = "bfv.plaintext-product"

  private let ring: BFVRing

  init(_ group: BFVRingFields) throws { ring = try BFVRing(group) }

  func run(_ vector: Case) throws {
    let operands = try vector.operands.ciphertexts(in: ring)
    let factors = try vector.factors.map { factor in
      try Evaluator(ring.context(isForeign: factor.foreign ?? false))
        .prepare(factor.plaintext.plaintext(in: ring), level: factor.level)
    }
    switch vector.operation {
    case .multiply:
      guard var result = operands.first, let factor = factors.first else {
        throw VectorMismatch(field: "operands", expected: "one and a factor", found: "none")
      }
      try ring.evaluator.multiply(&result, by: factor)
      try vector.output?.check("output", result)
    case .innerProduct:
      let result = try ring.evaluator.innerProduct(operands, factors)
      try vector.output?.check("output", result)
    }
  }
}
