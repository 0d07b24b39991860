import Lattice
import SecureMemory

/// A ciphertext taken to the extended basis (`Evaluator.extend`), for products with several others.
public struct ExtendedCiphertext: Sendable {
  /// The parts modulo Q and modulo the extension P.
  let parts: [RNSPolynomial<Evaluation>]
  let extended: [RNSPolynomial<Evaluation>]
  let fingerprint: Digest
}

/// A sum of ciphertext products: the products are added in the extended basis, so that scaling by
/// t/Q and relinearization happen once for the whole sum.
///
/// It takes any number of products. Their residues are reduced before a word could overflow, and before
/// the sum could outgrow the extended basis, after `maximumTerms`, it is scaled and goes on from zero.
///
/// Source: the scaling is that of Halevi, Polyakov, Shoup 2018, section 4.4; that sums may be scaled
/// at the end follows from its linearity before rounding.
public struct ProductAccumulator: Sendable {
  private let evaluator: Evaluator
  private let tools: LevelTools
  private var sum: TensorSum
  private var extendedSum: TensorSum
  /// Products that wait for others, so that one pass over the sums adds several: over the ciphertext
  /// primes and over the extension's.
  private var waiting: [TensorFactors] = []
  private var waitingExtended: [TensorFactors] = []
  /// How many wait at most; more keep more operands in memory.
  private static let productsPerPass = 2
  /// What the sums hold, in products counted by their weight.
  private var weightedTerms = 0
  /// What was scaled already.
  private var scaled: Ciphertext?
  private var isFinished = false

  /// Products that the extended basis holds, each counted by its weight.
  package static let maximumTerms = 1 << 20

  /// How many of them are gathered before the sum is scaled.
  private let termsPerScaling: Int

  /// How many products were added.
  public private(set) var termCount = 0

  init(
    evaluator: Evaluator, tools: LevelTools,
    termsPerScaling: Int = ProductAccumulator.maximumTerms
  ) {
    self.evaluator = evaluator
    self.tools = tools
    self.termsPerScaling = min(max(termsPerScaling, 1), ProductAccumulator.maximumTerms)
    sum = TensorSum(basis: tools.basis, pool: evaluator.pool)
    extendedSum = TensorSum(basis: tools.extensionBasis, pool: evaluator.pool)
  }

  /// Adds a · b.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`,
  ///   `.accumulatorFinished`.
  public mutating func accumulate(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) {
    try evaluator.checkTwoParts(a)
    try evaluator.checkTwoParts(b)
    try checkLevels(a.level, b.level)
    try makeRoom(for: 1)
    let factors = TensorFactors((a.parts[0], a.parts[1]), (b.parts[0], b.parts[1]))
    add(factors, evaluator.extended(factors, tools))
  }

  /// Adds a · b.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.accumulatorFinished`.
  public mutating func accumulate(
    _ a: ExtendedCiphertext, _ b: ExtendedCiphertext
  ) throws(EvaluationError) {
    try evaluator.checkKey(a.fingerprint)
    try evaluator.checkKey(b.fingerprint)
    try checkLevels(a.parts[0].basis.count, b.parts[0].basis.count)
    try makeRoom(for: 1)
    add(
      TensorFactors((a.parts[0], a.parts[1]), (b.parts[0], b.parts[1])),
      TensorFactors((a.extended[0], a.extended[1]), (b.extended[0], b.extended[1])))
  }

  private mutating func add(_ factors: TensorFactors, _ extendedFactors: TensorFactors) {
    waiting.append(factors)
    waitingExtended.append(extendedFactors)
    if waiting.count == ProductAccumulator.productsPerPass { addWaiting() }
  }

  /// Adds what waits to the sums.
  private mutating func addWaiting() {
    sum.add(waiting)
    extendedSum.add(waitingExtended)
    waiting.removeAll(keepingCapacity: true)
    // Operands that others hold stay theirs; the pool takes back what it lent.
    for index in waitingExtended.indices { evaluator.giveBack(&waitingExtended[index]) }
    waitingExtended.removeAll(keepingCapacity: true)
  }

  /// Adds what another accumulator of the same level has gathered. One that nobody else holds lends its
  /// memory to those that follow.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.accumulatorFinished`.
  public mutating func merge(_ other: consuming ProductAccumulator) throws(EvaluationError) {
    try evaluator.checkKey(other.evaluator.context.fingerprint)
    try checkLevels(other.tools.basis.count, tools.basis.count)
    guard !other.isFinished else { throw .accumulatorFinished }
    try makeRoom(for: other.weightedTerms)
    termCount += other.termCount - 1
    while let factors = other.waiting.popLast(),
      let extendedFactors = other.waitingExtended.popLast()
    { add(factors, extendedFactors) }
    addWaiting()
    sum.add(other.sum, pool: evaluator.pool)
    extendedSum.add(other.extendedSum, pool: evaluator.pool)
    if let theirs = other.scaled { try addScaled(theirs) }
    other.sum.giveBack(to: evaluator.pool)
    other.extendedSum.giveBack(to: evaluator.pool)
  }

  /// Multiplies the sum by a small signed integer.
  /// - Throws: `EvaluationError.accumulatorFinished`.
  public mutating func multiply(by weight: Int64) throws(EvaluationError) {
    guard !isFinished else { throw .accumulatorFinished }
    addWaiting()
    let (weighted, overflows) = weightedTerms.multipliedReportingOverflow(
      by: Int(clamping: weight.magnitude))
    if overflows || weighted > termsPerScaling {
      try scale()
    } else {
      // What was multiplied by zero is still a sum, to be scaled: it is not empty.
      weightedTerms = max(weighted, min(weightedTerms, 1))
    }
    sum.multiply(by: weight)
    extendedSum.multiply(by: weight)
    if var product = scaled.take() {
      try evaluator.multiply(&product, by: weight)
      scaled = product
    }
  }

  /// The sum in two parts. The accumulator takes nothing more.
  /// - Throws: `EvaluationError.emptyInput` when nothing was added, `.accumulatorFinished`.
  public mutating func finish(
    relinearizingWith key: RelinearizationKey
  ) throws(EvaluationError) -> Ciphertext {
    try evaluator.checkKey(key.fingerprint)
    var result = try finishThreeParts()
    try evaluator.relinearize(&result, using: key)
    return result
  }

  /// The sum in three parts. The accumulator takes nothing more.
  /// - Throws: `EvaluationError.emptyInput` when nothing was added, `.accumulatorFinished`.
  public mutating func finishThreeParts() throws(EvaluationError) -> Ciphertext {
    guard !isFinished else { throw .accumulatorFinished }
    guard termCount > 0 else { throw .emptyInput }
    try scale()
    guard let result = scaled.take() else { throw .emptyInput }
    isFinished = true
    sum.giveBack(to: evaluator.pool)
    extendedSum.giveBack(to: evaluator.pool)
    return result
  }

  private func checkLevels(_ a: Int, _ b: Int) throws(EvaluationError) {
    guard a == tools.basis.count, b == tools.basis.count else {
      throw .levelMismatch(a, a == b ? tools.basis.count : b)
    }
  }

  /// Counts `weight` more products, and scales the sum when they would not fit beside it.
  private mutating func makeRoom(for weight: Int) throws(EvaluationError) {
    guard !isFinished else { throw .accumulatorFinished }
    if weightedTerms + weight > termsPerScaling { try scale() }
    weightedTerms += weight
    termCount += 1
  }

  /// Takes what the sums hold to `scaled` and empties them.
  private mutating func scale() throws(EvaluationError) {
    guard weightedTerms > 0 else { return }
    addWaiting()
    var product = Ciphertext(parts: [], fingerprint: evaluator.context.fingerprint)
    evaluator.setParts(of: &product, count: 3, tools.basis)
    var values = evaluator.pool.take(tools.basis, Evaluation.self)
    var extendedValues = evaluator.pool.take(tools.extensionBasis, Evaluation.self)
    for part in 0..<3 {
      sum.write(part: part, into: &values)
      extendedSum.write(part: part, into: &extendedValues)
      evaluator.scaleDown(values, extendedValues, into: &product.parts[part], tools)
    }
    evaluator.pool.giveBack(&values)
    evaluator.pool.giveBack(&extendedValues)
    try addScaled(product)
    sum.clear()
    extendedSum.clear()
    weightedTerms = 0
  }

  private mutating func addScaled(_ product: Ciphertext) throws(EvaluationError) {
    guard var total = scaled.take() else {
      scaled = product
      return
    }
    try evaluator.add(product, to: &total)
    scaled = total
  }
}
