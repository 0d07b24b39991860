import BFV
import ClaimSchema
import EncryptedTable
import Wire

/// Evaluates expressions on one chunk, each once.
struct ChunkEvaluator {
  private let table: EncryptedTable
  private let chunk: Int
  private let evaluator: BFV.Evaluator
  private let encoder: BatchEncoder
  private let relinearization: RelinearizationKey
  /// Columns that several linear forms use.
  private let sharedColumns: Set<LatticeColumnKey>
  private var columns: [LatticeColumnKey: BFV.Ciphertext] = [:]
  private var ciphertexts: [IndicatorExpression: BFV.Ciphertext] = [:]
  private var extended: [IndicatorExpression: ExtendedCiphertext] = [:]
  /// Operands under masks, the latest ones: there are as many masks as clear groups, and the totals of
  /// one group stand together.
  private var masked: [Operand: ExtendedCiphertext] = [:]
  /// How long reading columns took.
  private(set) var readingTime = Duration.zero
  private var masks: [[Int64]: PreparedPlaintext] = [:]

  /// Masks and masked operands that are kept.
  private static let maskLimit = 16

  /// An operand of a product under a mask.
  private struct Operand: Hashable {
    let expression: IndicatorExpression
    let mask: [Int64]
  }

  init(
    table: EncryptedTable, chunk: Int, evaluator: BFV.Evaluator,
    relinearization: RelinearizationKey, sharedColumns: Set<LatticeColumnKey>
  ) {
    self.table = table
    self.chunk = chunk
    self.evaluator = evaluator
    encoder = BatchEncoder(evaluator.context)
    self.relinearization = relinearization
    self.sharedColumns = sharedColumns
  }

  /// Adds a linear term to a running sum.
  mutating func add(
    _ form: LinearForm, mask: [Int64]?, weight: Int64, to sum: inout BFV.Ciphertext?
  ) throws {
    if mask == nil, weight == 1, try addColumns(of: form, to: &sum) { return }
    guard var value = try ciphertext(.linear(form)) else { return }
    if let mask { try evaluator.multiply(&value, by: prepared(mask)) }
    if weight != 1 { try evaluator.multiply(&value, by: weight) }
    try add(value, to: &sum)
  }

  /// Adds the columns of a form straight from the table where nothing else needs them; returns whether
  /// it did.
  private mutating func addColumns(
    of form: LinearForm, to sum: inout BFV.Ciphertext?
  ) throws -> Bool {
    guard ciphertexts[.linear(form)] == nil,
      form.terms.allSatisfy({
        $0.weight == 1 && !sharedColumns.contains($0.column.storageKey)
      })
    else { return false }
    let evaluator = evaluator
    for term in form.terms {
      guard var total = sum.take() else {
        sum = try column(term.column.storageKey)
        continue
      }
      defer { sum = total }
      try read(term.column.storageKey) { try evaluator.add(serialized: &$0, to: &total) }
    }
    return true
  }

  /// Adds a product term to an accumulator of its weight.
  mutating func add(
    _ left: IndicatorExpression, _ right: IndicatorExpression, mask: [Int64]?, masksLeft: Bool,
    to accumulator: inout ProductAccumulator
  ) throws {
    guard let a = try operand(left, mask: masksLeft ? mask : nil),
      let b = try operand(right, mask: masksLeft ? nil : mask)
    else { return }
    try accumulator.accumulate(a, b)
  }

  private mutating func operand(
    _ expression: IndicatorExpression, mask: [Int64]?
  ) throws -> ExtendedCiphertext? {
    guard let mask else {
      if let known = extended[expression] { return known }
      guard let value = try ciphertext(expression) else { return nil }
      let result = try evaluator.extend(value)
      extended[expression] = result
      return result
    }
    let key = Operand(expression: expression, mask: mask)
    if let known = masked[key] { return known }
    guard var value = try ciphertext(expression) else { return nil }
    try evaluator.multiply(&value, by: prepared(mask))
    let result = try evaluator.extend(value)
    if masked.count == ChunkEvaluator.maskLimit { masked.removeAll(keepingCapacity: true) }
    masked[key] = result
    return result
  }

  private mutating func prepared(_ mask: [Int64]) throws -> PreparedPlaintext {
    if let known = masks[mask] { return known }
    let result = try evaluator.prepare(
      encoder.encode(mask), level: evaluator.context.topLevel)
    if masks.count == ChunkEvaluator.maskLimit { masks.removeAll(keepingCapacity: true) }
    masks[mask] = result
    return result
  }

  /// The value of an expression; nil when it is zero in every slot.
  private mutating func ciphertext(_ expression: IndicatorExpression) throws -> BFV.Ciphertext? {
    if let known = ciphertexts[expression] { return known }
    var result: BFV.Ciphertext?
    switch expression {
    case .linear(let form):
      for term in form.terms {
        var column = try column(term.column.storageKey)
        if term.weight != 1 { try evaluator.multiply(&column, by: term.weight) }
        try add(column, to: &result)
      }
    case .product(let factors):
      for (index, factor) in factors.enumerated() {
        guard let value = try ciphertext(factor) else { return nil }
        if index == 0 {
          result = value
        } else if let product = result {
          result = try evaluator.relinearize(
            evaluator.multiply(product, value), using: relinearization)
        }
      }
    case .sum(let terms):
      for term in terms {
        guard var value = try ciphertext(term.expression) else { continue }
        if term.weight != 1 { try evaluator.multiply(&value, by: term.weight) }
        try add(value, to: &result)
      }
    }
    if let result { ciphertexts[expression] = result }
    return result
  }

  private func add(_ value: BFV.Ciphertext, to sum: inout BFV.Ciphertext?) throws {
    guard var total = sum.take() else {
      sum = value
      return
    }
    try evaluator.add(value, to: &total)
    sum = total
  }

  private mutating func column(_ key: LatticeColumnKey) throws -> BFV.Ciphertext {
    if let known = columns[key] { return known }
    let context = evaluator.context
    let ciphertext = try read(key) { try BFV.Ciphertext(context: context, from: &$0) }
    guard ciphertext.level == evaluator.context.topLevel else {
      throw TableError.damaged(
        path: table.path, part: "chunk \(chunk), column \(key)",
        reason: "the ciphertext has too few primes")
    }
    if sharedColumns.contains(key) { columns[key] = ciphertext }
    return ciphertext
  }

  /// Reads a column's bytes to their end, and counts the time.
  private mutating func read<Result>(
    _ key: LatticeColumnKey, _ body: (inout BoundedReader) throws -> Result
  ) throws -> Result {
    let start = ContinuousClock.now
    defer { readingTime += ContinuousClock.now - start }
    let bytes = try table.ciphertext(column: key, chunk: chunk)
    var reader = BoundedReader(bytes[...], source: "\(table.path), column \(key)")
    let result = try body(&reader)
    try reader.finish()
    return result
  }
}

/// The name under which a table stores a lattice column.
typealias LatticeColumnKey = String
