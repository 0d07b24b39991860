/// What a circuit ends in.
enum NoiseOperation: String, CaseIterable {
  case fresh = "encrypt"
  case symmetric = "encrypt with the secret key"
  case add, subtract, negate
  case addToItself = "add to itself"
  case integer = "multiply by an integer"
  case sum
  case addPlaintext = "add a plaintext"
  case plaintextProduct = "multiply by a plaintext"
  case innerProduct = "inner product with plaintexts"
  case product = "multiply, relinearize"
  case square = "square, relinearize"
  case threeParts = "multiply"
  case productSum = "accumulate products"
  case rotate
  case swapRows = "swap rows"
  case rotationSum = "sum of rotations"
  case blockSum = "sums over blocks"
  case slotSum = "sum over all slots"
  case slotMean = "mean of all slots"
  case modulusSwitch = "switch the modulus"
  case pack = "pack totals"
  case extract = "extract a total"

  /// How often it is drawn, beside the others. The cheap ones often, so that ten thousand are
  /// affordable.
  var weight: Int {
    switch self {
    case .fresh, .add, .subtract, .addToItself, .integer, .sum, .addPlaintext, .plaintextProduct,
      .rotate, .modulusSwitch:
      6
    case .symmetric, .negate, .innerProduct, .swapRows, .rotationSum, .blockSum: 4
    case .product, .square, .threeParts, .productSum: 3
    case .slotSum, .slotMean, .pack, .extract: 1
    }
  }

  /// Whether it needs the keys of the trace.
  var needsTrace: Bool { [.slotSum, .slotMean, .pack].contains(self) }
}
