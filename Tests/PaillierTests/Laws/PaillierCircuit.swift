import BigInteger
import Paillier
import _TestSupport

/// An expression over Paillier ciphertexts: what the evaluator offers, and how it is asked for it.
indirect enum PaillierCircuit {
  case input(BigInteger)
  case signedInput(BigInteger)
  case sum(PaillierCircuit, PaillierCircuit)
  case difference(PaillierCircuit, PaillierCircuit)
  case negative(PaillierCircuit)
  case plaintextSum(PaillierCircuit, BigInteger)
  case product(PaillierCircuit, BigInteger)
  case publicProduct(PaillierCircuit, BigInteger)
  case sumOfAll([PaillierCircuit])
  case rerandomized(PaillierCircuit)
  case written(PaillierCircuit)

  /// - Parameter n: the key's modulus.
  init(_ choices: inout Choices, modulus n: BigInteger, depth: Int) {
    self = choices.span("circuit") { choices in
      func operand(_ choices: inout Choices) -> PaillierCircuit {
        PaillierCircuit(&choices, modulus: n, depth: depth - 1)
      }
      let kind =
        depth == 0 ? choices.pick(2) : choices.pick(weights: [1, 1, 3, 2, 2, 2, 2, 2, 1, 1, 1])
      switch kind {
      case 0: return .input(choices.plaintext(below: n))
      case 1: return .signedInput(choices.signed(below: n))
      case 2: return .sum(operand(&choices), operand(&choices))
      case 3: return .difference(operand(&choices), operand(&choices))
      case 4: return .negative(operand(&choices))
      case 5: return .plaintextSum(operand(&choices), choices.plaintext(below: n))
      case 6: return .product(operand(&choices), choices.plaintext(below: n))
      case 7: return .publicProduct(operand(&choices), choices.signed(below: n))
      case 8: return .sumOfAll(choices.array(count: 0...5) { operand(&$0) })
      case 9: return .rerandomized(operand(&choices))
      default: return .written(operand(&choices))
      }
    }
  }

  /// The number that it stands for, modulo n.
  var value: BigInteger {
    switch self {
    case .input(let plaintext), .signedInput(let plaintext): plaintext
    case .sum(let a, let b): a.value + b.value
    case .difference(let a, let b): a.value - b.value
    case .negative(let a): -a.value
    case .plaintextSum(let a, let plaintext): a.value + plaintext
    case .product(let a, let factor), .publicProduct(let a, let factor): a.value * factor
    case .sumOfAll(let operands): operands.reduce(0) { $0 + $1.value }
    case .rerandomized(let a), .written(let a): a.value
    }
  }

  /// Carries it out on ciphertexts.
  func evaluate(_ encryptor: Encryptor) throws -> Ciphertext {
    let key = encryptor.publicKey
    let evaluator = Evaluator(publicKey: key)
    switch self {
    case .input(let plaintext): return try encryptor.encrypt(plaintext)
    case .signedInput(let value): return try encryptor.encrypt(signed: value)
    case .sum(let a, let b):
      return try evaluator.add(a.evaluate(encryptor), b.evaluate(encryptor))
    case .difference(let a, let b):
      return try evaluator.subtract(a.evaluate(encryptor), b.evaluate(encryptor))
    case .negative(let a): return try evaluator.negate(a.evaluate(encryptor))
    case .plaintextSum(let a, let plaintext):
      return try evaluator.add(a.evaluate(encryptor), plaintext: plaintext)
    case .product(let a, let factor):
      return try evaluator.multiply(a.evaluate(encryptor), by: factor)
    case .publicProduct(let a, let factor):
      return try evaluator.multiply(a.evaluate(encryptor), variableTime: factor)
    case .sumOfAll(let operands):
      return try evaluator.sum(operands.map { try $0.evaluate(encryptor) })
    case .rerandomized(let a): return try evaluator.rerandomize(a.evaluate(encryptor))
    case .written(let a):
      return try Ciphertext(
        serialized: a.evaluate(encryptor).serialized(for: key)[...], key: key, source: "circuit")
    }
  }
}

extension Choices {
  /// A number in [0, n), edges among them.
  mutating func plaintext(below n: BigInteger) -> BigInteger {
    switch pick(weights: [4, 1]) {
    case 0:
      let limbs = array(count: 0...(n.bitCount + 63) / 64) { $0.integer(in: 0...UInt.max) }
      return BigInteger(limbs: limbs).reduced(modulo: n) ?? 0
    default: return n - 1 - BigInteger(pick(3))
    }
  }

  /// A number that a signed plaintext can hold: at most a third of n on either side.
  mutating func signed(below n: BigInteger) -> BigInteger {
    let isNegative = bool()
    let third = n.quotientAndRemainder(dividingBy: 3)?.quotient ?? 1
    let magnitude = plaintext(below: third)
    return isNegative ? -magnitude : magnitude
  }
}
