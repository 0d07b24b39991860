import BFV
import SecureMemory

/// The numbers that fix a ring without security.
struct BFVParameterFields: Decodable, Sendable {
  let degree: Int
  let plaintextModulus: HexWord
  let ciphertextModuli: [HexWord]
  let specialModulus: HexWord

  func makeContext() throws -> Context {
    try Context(
      .insecureForTesting(
        degree: degree, plaintextModulus: plaintextModulus.value,
        ciphertextModuli: ciphertextModuli.values, specialModulus: specialModulus.value))
  }
}

/// A group that has nothing but its ring.
struct BFVRingFields: Decodable, Sendable {
  let parameters: BFVParameterFields
  let foreign: BFVParameterFields?
}

/// The ring of a group, and a foreign one whose operands it refuses.
struct BFVRing: Sendable {
  let context: Context
  let evaluator: Evaluator
  private let foreign: Context?

  init(_ fields: BFVRingFields) throws {
    try self.init(fields.parameters, foreign: fields.foreign)
  }

  init(_ parameters: BFVParameterFields, foreign: BFVParameterFields?) throws {
    context = try parameters.makeContext()
    evaluator = Evaluator(context)
    self.foreign = try foreign?.makeContext()
  }

  /// The context of an operand.
  func context(isForeign: Bool) throws(VectorMismatch) -> Context {
    guard isForeign else { return context }
    guard let foreign else {
      throw VectorMismatch(field: "foreign", expected: "parameters in the group", found: "none")
    }
    return foreign
  }

  /// The secret key that follows from a seed.
  func secretKey(_ seed: HexBytes, isForeign: Bool = false) throws(VectorMismatch) -> SecretKey {
    var source = SeedExpander(vectorSeed: seed)
    return SecretKey(try context(isForeign: isForeign), insecureForTesting: &source)
  }
}
