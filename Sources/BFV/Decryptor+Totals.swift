import Lattice

extension Decryptor {
  /// The totals, each the sum of all slots of the plaintext that it was taken from: N·m0 modulo t,
  /// within ±(t − 1)/2.
  ///
  /// A second line behind the static noise bound: honest totals are made so that their noise stays
  /// below 2^-8 of what would still decrypt, and anything noisier is refused.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`, `.marginExceeded`.
  public func decrypt(_ totals: EncryptedTotals) throws(EvaluationError) -> [Int64] {
    let context = secretKey.context
    guard totals.fingerprint == context.fingerprint else {
      throw .parameterMismatch(expected: context.fingerprint, found: totals.fingerprint)
    }
    let tools = try context.tools(level: totals.level)
    let degree = context.parameters.degree
    let stride = EncryptedTotals.stride(count: totals.count, degree: degree)
    var first = RNSPolynomial<Coefficient>(basis: tools.basis)
    for (total, residues) in totals.firstCoefficients.enumerated() {
      for (limb, residue) in residues.enumerated() {
        first[limb: limb, total * stride] = residue
      }
    }
    var product = totals.second.evaluation()
    secretKey.withPolynomial { product.multiply($0) }
    var phase = product.takeCoefficients()
    defer { phase.wipe() }
    phase.add(first)
    let plaintextModulus = context.plaintextPlan.modulus
    tools.toPlaintext.makeDigits(&phase)
    var messages = context.scaledDown(digits: phase, tools)
    defer { messages.wipe() }
    // The digits are those of t·x; its centred remainder over Q is the noise. All coefficients are
    // looked at before one bit, whether any is too large, is told.
    let limit = Int64(1) << Int64(63 - NoiseModel.marginBits)
    var excess: UInt64 = 0
    for total in 0..<totals.count {
      let noise = tools.toPlaintext.centredFraction(ofDigits: phase, at: total * stride)
      excess |= UInt64(bitPattern: noise &+ limit) >> UInt64(64 - NoiseModel.marginBits)
    }
    guard Kernels.published(excess) == 0 else { throw .marginExceeded }
    var span = messages.mutableSpan
    Kernels.multiplyConstant(
      &span, plaintextModulus.reduce(UInt64(degree)), modulus: plaintextModulus)
    return (0..<totals.count).map {
      centred(messages[$0 * stride], modulus: plaintextModulus.value)
    }
  }
}
