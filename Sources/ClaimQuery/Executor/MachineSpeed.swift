import BFV

/// How long the operations of a scan take on this machine, under given parameters, measured with a
/// throw-away key.
public struct MachineSpeed: Sendable {
  private let multiplication: Duration
  private let accumulation: Duration
  private let operandExtension: Duration
  private let finishing: Duration
  private let addition: Duration

  /// Measures; it takes a fraction of a second.
  ///
  /// - Throws: `ParameterError` for parameters that no key can have, `EvaluationError`.
  public init(_ parameters: EncryptionParameters) throws {
    let context = try Context(parameters)
    let secret = BFV.SecretKey(context)
    let relinearization = RelinearizationKey(for: secret)
    let evaluator = BFV.Evaluator(context)
    let ciphertext = BFV.Encryptor(PublicKey(for: secret)).encryptZero()
    var sum = ciphertext
    addition = try MachineSpeed.least { try evaluator.add(ciphertext, to: &sum) }
    multiplication = try MachineSpeed.least {
      _ = try evaluator.relinearize(
        evaluator.multiply(ciphertext, ciphertext), using: relinearization)
    }
    let operand = try evaluator.extend(ciphertext)
    operandExtension = try MachineSpeed.least { _ = try evaluator.extend(ciphertext) }
    var accumulator = try evaluator.makeProductAccumulator(level: context.topLevel)
    accumulation = try MachineSpeed.least { try accumulator.accumulate(operand, operand) }
    finishing = try MachineSpeed.least {
      var one = try evaluator.makeProductAccumulator(level: context.topLevel)
      try one.accumulate(operand, operand)
      _ = try one.finish(relinearizingWith: relinearization)
    }
  }

  /// The least of a few runs, which other work on the machine disturbs least.
  private static func least(_ body: () throws -> Void) rethrows -> Duration {
    try body()
    var least = Duration.seconds(1)
    for _ in 0..<5 {
      let start = ContinuousClock.now
      try body()
      least = min(least, ContinuousClock.now - start)
    }
    return least
  }

  /// The arithmetic of a query on one core. Reading and waiting are not in it.
  public func duration(of cost: PlanCost) -> Duration {
    multiplication * cost.multiplications + accumulation * cost.accumulatedProducts
      + operandExtension * cost.extensions + finishing * cost.keySwitches + addition
      * cost.additions
  }
}
