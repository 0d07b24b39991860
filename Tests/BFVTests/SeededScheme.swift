import BFV
import Lattice
import SecureMemory

/// All keys for some parameters, from one seed.
struct SeededScheme {
  let context: Context
  let encoder: BatchEncoder
  let encryptor: Encryptor
  let symmetricEncryptor: SymmetricEncryptor
  let decryptor: Decryptor
  let evaluator: Evaluator
  let relinearizationKey: RelinearizationKey
  let galoisKeys: GaloisKeys
  /// Steps that there are rotation keys for.
  let steps: [Int]
  /// Whether there are the keys of the trace.
  let hasTrace: Bool

  var model: NoiseModel { context.noiseModel }
  var modulus: Modulus { context.plaintextPlan.modulus }

  /// - Parameter hasTrace: whether to make the log2 N keys of the trace.
  init(
    _ parameters: EncryptionParameters, hasTrace: Bool,
    insecureForTesting source: inout some RandomSource
  ) throws {
    context = try Context(parameters)
    let degree = context.parameters.degree
    let secretKey = SecretKey(context, insecureForTesting: &source)
    encoder = BatchEncoder(context)
    encryptor = Encryptor(PublicKey(for: secretKey, insecureForTesting: &source))
    symmetricEncryptor = SymmetricEncryptor(secretKey)
    decryptor = Decryptor(secretKey)
    evaluator = Evaluator(context)
    relinearizationKey = RelinearizationKey(for: secretKey, insecureForTesting: &source)
    var elements = GaloisKeys.blockSumElements(upTo: 4, degree: degree)
    elements.insert(GaloisKeys.rowSwapElement(degree: degree))
    if hasTrace { elements.formUnion(GaloisKeys.packingElements(degree: degree)) }
    galoisKeys = GaloisKeys(for: secretKey, elements: elements, insecureForTesting: &source)
    self.hasTrace = hasTrace
    // Most elements of the trace are rotations, too.
    var steps: [Int] = []
    var element = 1
    for count in 0..<degree / 2 {
      if count > 0, elements.contains(element) { steps.append(count) }
      element = element * 3 % (2 * degree)
    }
    self.steps = steps
  }
}
