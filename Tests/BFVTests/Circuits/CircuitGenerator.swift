import BFV
import Lattice
import _TestSupport

/// Makes circuits that the noise model admits: an operation whose result might not decrypt is left out,
/// and its first operand stays.
struct CircuitGenerator {
  /// A circuit with its level and the bound on its noise.
  struct Bounded {
    let circuit: Circuit
    let level: Int
    let noise: NoiseBound
  }

  let scheme: SeededScheme

  func circuit(_ choices: inout Choices, depth: Int) -> Bounded {
    choices.span("circuit") { choices in
      guard depth > 0, choices.pick(weights: [1, 6]) == 1 else { return input(&choices) }
      let operation = operation(&choices)
      let operands = operands(&choices, count: operation.operandCount, depth: depth - 1)
      return admitted(operation.operation, operands) ?? operands[0]
    }
  }

  /// The same with a product of three parts above it at times, which nothing else may follow.
  func root(_ choices: inout Choices, depth: Int) -> Bounded {
    guard choices.pick(weights: [7, 1]) == 1 else { return circuit(&choices, depth: depth) }
    let dropping = choices.pick(2)
    let operands = operands(&choices, count: 2, depth: depth - 1)
    return admitted(.threeParts(dropping: dropping), operands) ?? operands[0]
  }

  private func admitted(_ operation: CircuitOperation, _ operands: [Bounded]) -> Bounded? {
    let common = operands.map(\.level).min() ?? 1
    let noises = operands.map {
      scheme.model.modulusSwitch($0.noise, from: $0.level, to: common)
    }
    let noise = operation.noise(scheme, noises, level: common)
    let level = operation.level(from: common)
    // Switching an operand down may be too much as well.
    let hold = noises.allSatisfy { scheme.model.decrypts($0, level: common) }
    guard hold, scheme.model.decrypts(noise, level: level) else { return nil }
    return Bounded(
      circuit: .operation(operation, operands.map(\.circuit)), level: level, noise: noise)
  }

  /// Any of them but the first may be the first once more.
  private func operands(_ choices: inout Choices, count: Int, depth: Int) -> [Bounded] {
    let first = circuit(&choices, depth: depth)
    return [first]
      + (1..<max(count, 1)).map { _ in
        choices.pick(weights: [3, 1]) == 1 ? first : circuit(&choices, depth: depth)
      }
  }

  private func input(_ choices: inout Choices) -> Bounded {
    let isSymmetric = choices.pick(weights: [3, 1]) == 1
    let slots = slots(&choices)
    return Bounded(
      circuit: .input(slots, isSymmetric: isSymmetric, seed: choices.integer(in: 0...UInt64.max)),
      level: scheme.context.topLevel,
      noise: isSymmetric ? scheme.model.freshSymmetric : scheme.model.fresh)
  }

  /// A few values over and over, which fill rings of every degree. Most numbers of values do not divide
  /// the degree, so that rotations and blocks show.
  func slots(_ choices: inout Choices) -> SlotValues {
    let modulus = scheme.modulus
    let limit = Int64(modulus.value / 2)
    let values = choices.array(count: 0...7) { $0.integer(in: -limit...limit) }
    return SlotValues(
      (0..<scheme.context.slotCount).map {
        values.isEmpty ? 0 : modulus.reduce(values[$0 % values.count])
      }, modulus)
  }

  /// The simplest first.
  private func operation(
    _ choices: inout Choices
  ) -> (operation: CircuitOperation, operandCount: Int) {
    let kinds: [(weight: Int, make: (inout Choices) -> (CircuitOperation, Int))] = [
      (3, { _ in (.add, 2) }),
      (2, { _ in (.negate, 1) }),
      (3, { _ in (.subtract, 2) }),
      (2, { (.addPlaintext(slots(&$0)), 1) }),
      (3, { (.switchModulus(dropping: 1 + $0.pick(3)), 1) }),
      (2, { (.multiplyInteger($0.integer(in: -100_000...100_000)), 1) }),
      (2, { (.double(times: 1 + $0.pick(10)), 1) }),
      (2, { (.multiplyPlaintext(slots(&$0)), 1) }),
      (5, { _ in (.product, 2) }),
      (2, { (.rotate($0.element(of: scheme.steps)), 1) }),
      (2, { _ in (.swapRows, 1) }),
      (1, { (.blockSum(1 << (1 + $0.pick(2))), 1) }),
      (1, { _ in (.slotMean, 1) }),
      (1, { _ in (.slotSum, 1) }),
      (1, { (.rotationSum($0.array(count: 1...4) { $0.element(of: scheme.steps) }), 1) }),
      (1, { (.sum, 1 + $0.pick(5)) }),
      (
        1,
        {
          let count = 1 + $0.pick(3)
          return (.innerProduct($0.array(count: count...count) { slots(&$0) }), count)
        }
      ),
      (
        2,
        {
          (
            .productSum(weight: $0.integer(in: -3...3), termsPerScaling: 1 << $0.pick(3)),
            1 + $0.pick(3)
          )
        }
      ),
    ]
    return kinds[choices.pick(weights: kinds.map(\.weight))].make(&choices)
  }
}
