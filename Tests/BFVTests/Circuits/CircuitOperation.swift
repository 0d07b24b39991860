/// An operation on ciphertexts of one level. What it does is told three times: on slots, on noise
/// bounds and on ciphertexts, which must agree.
enum CircuitOperation {
  case add, subtract, negate
  /// Added to itself so many times in a row, the most correlated of all sums.
  case double(times: Int)
  case multiplyInteger(Int64)
  case sum
  case addPlaintext(SlotValues)
  case multiplyPlaintext(SlotValues)
  /// With one factor for each operand.
  case innerProduct([SlotValues])
  /// Relinearized.
  case product
  /// In three parts, then with so many primes fewer.
  case threeParts(dropping: Int)
  /// The products of neighbours in a ring, so that every operand stands in two of them, times a weight;
  /// relinearized.
  case productSum(weight: Int64, termsPerScaling: Int)
  case rotate(Int)
  case swapRows
  /// The operand and its rotations.
  case rotationSum([Int])
  case blockSum(Int)
  case slotSum, slotMean
  case switchModulus(dropping: Int)

  /// The level of the result.
  func level(from level: Int) -> Int {
    switch self {
    case .switchModulus(let count), .threeParts(let count): max(level - count, 1)
    default: level
    }
  }
}

extension CircuitOperation: CustomStringConvertible {
  var description: String {
    switch self {
    case .add: "add"
    case .subtract: "subtract"
    case .negate: "negate"
    case .double(let times): "double \(times) times"
    case .multiplyInteger(let weight): "multiply by \(weight)"
    case .sum: "sum"
    case .addPlaintext(let slots): "add plaintext \(slots)"
    case .multiplyPlaintext(let slots): "multiply by plaintext \(slots)"
    case .innerProduct(let factors): "inner product with \(factors)"
    case .product: "multiply, relinearize"
    case .threeParts(let dropping): "multiply, drop \(dropping)"
    case .productSum(let weight, let terms): "\(weight) times the sum of products, \(terms) at once"
    case .rotate(let steps): "rotate by \(steps)"
    case .swapRows: "swap rows"
    case .rotationSum(let steps): "sum of rotations by \(steps)"
    case .blockSum(let size): "sums over blocks of \(size)"
    case .slotSum: "sum over all slots"
    case .slotMean: "mean of all slots"
    case .switchModulus(let dropping): "drop \(dropping)"
    }
  }
}
