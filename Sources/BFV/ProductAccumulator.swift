import Lattice
import SecureMemory

/// A ciphertext taken to the extended basis, for products with several others.
public struct ExtendedCiphertext: Sendable {
  /// The parts modulo Q and modulo the extension P.
  let parts: [RNSPolynomial<Evaluation>]
  let extended: [RNSPolynomial<Evaluation>]
  let fingerprint: Digest
}

/// A sum of ciphertext products: the products are added in the extended basis, so that scaling by
/// t/Q and relinearization happen once for the whole sum.
///
/// Source: the scaling is that of Halevi, Polyakov, Shoup 2018, section 4.4; that sums may be scaled
/// at the end follows from its linearity before rounding.
public struct ProductAccumulator: Sendable {
  private let context: Context
  private let tools: LevelTools
  private var sums: [RNSPolynomial<Evaluation>]
  private var extendedSums: [RNSPolynomial<Evaluation>]
  /// Products that a sum may hold, each counted by its weight.
  public static let maximumTerms = 1 << 20

  /// How many products were added.
  public private(set) var termCount = 0

  init(context: Context, tools: LevelTools) {
    self.context = context
    self.tools = tools
    sums = Array(repeating: RNSPolynomial(basis: tools.basis), count: 3)
    extendedSums = Array(repeating: RNSPolynomial(basis: tools.extensionBasis), count: 3)
  }

  /// Takes a two-part ciphertext to the extended basis.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func extend(_ a: Ciphertext) throws(EvaluationError) -> ExtendedCiphertext {
    try Evaluator(context).checkTwoParts(a)
    guard a.level == tools.basis.count else {
      throw .levelMismatch(a.level, tools.basis.count)
    }
    return ExtendedCiphertext(
      parts: a.parts,
      extended: a.parts.map { part in
        var coefficients = part.coefficients()
        return RNSPolynomial<Coefficient>(
          basis: tools.extensionBasis,
          reducedResidues: tools.toExtension.convert(&coefficients)
        ).evaluation()
      },
      fingerprint: context.fingerprint)
  }

  /// Adds a · b.
  /// - Throws: as `extend`, and `.tooManyTerms`.
  public mutating func accumulate(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) {
    try accumulate(extend(a), extend(b))
  }

  /// Adds a · b.
  /// - Throws: `EvaluationError.tooManyTerms`, `.parameterMismatch`, `.levelMismatch`.
  public mutating func accumulate(
    _ a: ExtendedCiphertext, _ b: ExtendedCiphertext
  ) throws(EvaluationError) {
    guard termCount < ProductAccumulator.maximumTerms else {
      throw .tooManyTerms(limit: ProductAccumulator.maximumTerms)
    }
    for operand in [a, b] where operand.fingerprint != context.fingerprint {
      throw .parameterMismatch(expected: context.fingerprint, found: operand.fingerprint)
    }
    guard a.parts[0].basis.count == tools.basis.count,
      b.parts[0].basis.count == tools.basis.count
    else { throw .levelMismatch(a.parts[0].basis.count, b.parts[0].basis.count) }
    termCount += 1
    ProductAccumulator.tensor(a.parts, b.parts, into: &sums)
    ProductAccumulator.tensor(a.extended, b.extended, into: &extendedSums)
  }

  /// Adds what another accumulator of the same level has gathered.
  /// - Throws: `EvaluationError.tooManyTerms`, `.parameterMismatch`, `.levelMismatch`.
  public mutating func merge(_ other: ProductAccumulator) throws(EvaluationError) {
    guard other.context.fingerprint == context.fingerprint else {
      throw .parameterMismatch(
        expected: context.fingerprint, found: other.context.fingerprint)
    }
    guard other.tools.basis.count == tools.basis.count else {
      throw .levelMismatch(tools.basis.count, other.tools.basis.count)
    }
    guard termCount + other.termCount <= ProductAccumulator.maximumTerms else {
      throw .tooManyTerms(limit: ProductAccumulator.maximumTerms)
    }
    termCount += other.termCount
    for index in sums.indices {
      sums[index].add(other.sums[index])
      extendedSums[index].add(other.extendedSums[index])
    }
  }

  /// Multiplies the sum by a small signed integer.
  public mutating func multiply(by weight: Int64) {
    for index in sums.indices {
      sums[index].multiply(by: weight)
      extendedSums[index].multiply(by: weight)
    }
  }

  /// The sum in two parts.
  /// - Throws: `EvaluationError.emptyInput` when nothing was added.
  public func finish(
    relinearizingWith key: RelinearizationKey
  ) throws(EvaluationError) -> Ciphertext {
    try Evaluator(context).relinearize(finishThreeParts(), using: key)
  }

  /// The sum in three parts.
  /// - Throws: `EvaluationError.emptyInput` when nothing was added.
  public func finishThreeParts() throws(EvaluationError) -> Ciphertext {
    guard termCount > 0 else { throw .emptyInput }
    return Ciphertext(
      parts: sums.indices.map { scaledDown(sums[$0], extendedSums[$0]) },
      fingerprint: context.fingerprint)
  }

  private static func tensor(
    _ a: [RNSPolynomial<Evaluation>], _ b: [RNSPolynomial<Evaluation>],
    into sums: inout [RNSPolynomial<Evaluation>]
  ) {
    sums[0].addProduct(a[0], b[0])
    sums[1].addProduct(a[0], b[1])
    sums[1].addProduct(a[1], b[0])
    sums[2].addProduct(a[1], b[1])
  }

  /// round(t·d/Q) modulo Q, for d given modulo Q and P: exact division by Q modulo P after the
  /// centred remainder of t·d modulo Q is subtracted, then back from P to Q.
  private func scaledDown(
    _ d: RNSPolynomial<Evaluation>, _ extended: RNSPolynomial<Evaluation>
  ) -> RNSPolynomial<Evaluation> {
    var coefficients = d.coefficients()
    let remainder = RNSPolynomial<Coefficient>(
      basis: tools.extensionBasis,
      reducedResidues: tools.toExtension.convert(
        &coefficients, times: context.parameters.plaintextModulus))
    var quotient = extended.coefficients()
    quotient.multiply(byConstants: tools.plaintextModulusInExtension)
    quotient.subtract(remainder)
    quotient.multiply(byConstants: tools.inverseProductInExtension)
    return RNSPolynomial<Coefficient>(
      basis: tools.basis, reducedResidues: tools.fromExtension.convert(&quotient)
    ).evaluation()
  }
}
