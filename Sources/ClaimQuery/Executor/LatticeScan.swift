import BFV
import ClaimKeys
import ClaimSchema
import Foundation
import Synchronization

/// Computes the lattice totals of a plan over all chunks of the tables.
///
/// Products are gathered in accumulators, so relinearization happens once for each total. Chunks go
/// over the cores; where there are fewer chunks than cores, the totals are split as well. Totals are
/// taken a slice at a time, so that memory stays bounded however many groups there are.
struct LatticeScan: Sendable {
  let plan: Plan
  let tables: TableSet
  let clearGroups: ClearGroups
  let evaluator: BFV.Evaluator
  let keys: EvaluationKeySet
  let relinearization: RelinearizationKey
  let timing: QueryTiming

  private var context: Context { evaluator.context }

  /// One total of one clear and one hidden group, one limb of it.
  struct Item: Sendable {
    let clearGroup: Int
    let expression: TotalExpression
    let noise: NoiseBound
  }

  /// Bytes of running sums that one pass over the tables may hold.
  private static let sliceByteCount = 768 << 20

  /// The totals in the answer's order: by clear group, hidden group, total, limb.
  ///
  /// - Throws: `QueryError.tooLarge` when a total's noise would be beyond the parameters.
  func items() throws -> [Item] {
    let groups = clearGroups.keys.count * plan.hiddenGroups.count
    guard groups <= ClearGroups.limit else {
      throw QueryError.tooLarge(
        what: "groups", count: groups, limit: ClearGroups.limit,
        remedy: "group by columns with fewer values")
    }
    let noise = PlanNoise(
      model: context.noiseModel, level: context.topLevel,
      appends: tables.chunks.map(\.chunk.appends.count).max() ?? 1, chunks: tables.chunks.count,
      masksEverything: clearGroups.hasGroupColumns || tables.hasDeletedRecords)
    var bounds: [TotalExpression: NoiseBound] = [:]
    var items: [Item] = []
    for clearGroup in clearGroups.keys.indices {
      for hiddenGroup in plan.hiddenGroups.indices {
        for (index, total) in plan.totals.enumerated() where total.isLattice {
          for limb in 0..<limbCount(of: total) {
            let expression = try plan.expression(group: hiddenGroup, total: index, limb: limb)
            let bound = bounds[expression] ?? noise.bound(of: expression)
            bounds[expression] = bound
            items.append(Item(clearGroup: clearGroup, expression: expression, noise: bound))
          }
        }
      }
    }
    try check(items)
    return items
  }

  private func limbCount(of total: TotalSpecification) -> Int {
    total.summedValue.map(tables.layout.limbCount(of:)) ?? 1
  }

  /// Whether the totals travel packed.
  func isPacked(_ items: [Item]) -> Bool {
    keys.galois != nil && items.count > TableLayout.groupsSentSingly
  }

  private func check(_ items: [Item]) throws {
    let model = context.noiseModel
    // So many fit the accumulators before they are scaled. Beyond, what is scaled together would depend
    // on the threads, and the same query would not give the same ciphertexts again.
    let products = items.map(\.expression.productCount).max() ?? 0
    let chunks = max(tables.chunks.count, 1)
    guard products <= ProductAccumulator.maximumTerms / chunks else {
      throw QueryError.tooLarge(
        what: "products added up in one total", count: products * chunks,
        limit: ProductAccumulator.maximumTerms, remedy: "ask with fewer alternatives")
    }
    let worst = items.map(\.noise).max() ?? .none
    let sent =
      (isPacked(items) ? model.packing(worst, level: context.topLevel) : worst)
      + model.fresh
    let flooded = model.flooded(sent, totals: items.count)
    guard model.admitsTotal(flooded, level: context.topLevel) else {
      throw QueryError.tooLarge(
        what: "bits of noise in a total", count: Int(flooded.log2.rounded(.up)),
        limit: Int(model.largestTotal(level: context.topLevel).log2),
        remedy: "ask with fewer conditions and groups, or encrypt for more depth")
    }
  }

  /// Gives every item in order the sum over all chunks, in two parts; nil for a total that nothing
  /// contributes to.
  func run(
    _ items: [Item], progress: @Sendable (Double) -> Void,
    each: (Item, BFV.Ciphertext?) throws -> Void
  ) async throws {
    var start = 0
    while start < items.count {
      let slice = Array(items[start..<sliceEnd(items, from: start)])
      for (item, sum) in zip(slice, try await scan(slice)) { try each(item, sum) }
      start += slice.count
      progress(Double(start) / Double(items.count))
    }
  }

  /// The end of the next slice: the totals whose running sums, on all cores, fit the limit.
  private func sliceEnd(_ items: [Item], from start: Int) -> Int {
    let lanes = max(1, min(cores, tables.chunks.count))
    let polynomial = context.parameters.degree * context.topLevel * MemoryLayout<UInt64>.size
    var byteCount = 0
    var end = start
    while end < items.count {
      let weights = items[end].expression.productWeights
      // Three parts in an extended basis of about twice the primes for each weight.
      byteCount += (2 + weights * 7) * polynomial * lanes
      guard byteCount <= LatticeScan.sliceByteCount || end == start else { break }
      end += 1
    }
    return end
  }

  private var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  private func scan(_ items: [Item]) async throws -> [BFV.Ciphertext?] {
    let lanes = max(1, min(cores, tables.chunks.count))
    let parts = max(1, min(cores / lanes, items.count))
    return try await withThrowingTaskGroup(of: (Int, [Sum]).self) { group in
      for part in 0..<parts {
        let range = LatticeScan.range(part, of: parts, count: items.count)
        let chunks = Chunks(tables.chunks)
        for _ in 0..<lanes {
          group.addTask { (range.lowerBound, try sums(Array(items[range]), chunks)) }
        }
      }
      var totals = items.map { _ in Sum() }
      for try await (start, gathered) in group {
        // Each leaves the array before it is merged, so that its memory is used again.
        var sums = gathered
        while let sum = sums.popLast() {
          try totals[start + sums.count].merge(sum, evaluator)
        }
      }
      return try await finish(totals)
    }
  }

  private static func range(_ part: Int, of parts: Int, count: Int) -> Range<Int> {
    part * count / parts..<(part + 1) * count / parts
  }

  /// What one worker adds up for each of its totals.
  private func sums(_ items: [Item], _ chunks: Chunks) throws -> [Sum] {
    var sums = items.map { _ in Sum() }
    let shared = LatticeScan.sharedColumns(items)
    while let place = chunks.next() {
      try Task.checkCancellation()
      var clear = try clearGroups.chunk(place, of: tables)
      let start = ContinuousClock.now
      var chunk = ChunkEvaluator(
        table: tables.tables[place.table], chunk: place.chunk.index, evaluator: evaluator,
        relinearization: relinearization, sharedColumns: shared)
      defer {
        timing.add(chunk.readingTime, to: .reading)
        timing.add(ContinuousClock.now - start - chunk.readingTime, to: .arithmetic)
      }
      for (index, item) in items.enumerated() {
        for term in item.expression.terms {
          let mask: [Int64]?
          switch clear.selection(term.mask, group: item.clearGroup) {
          case .nothing: continue
          case .everything: mask = nil
          case .some(let slots): mask = slots
          }
          try sums[index].add(term, mask: mask, with: &chunk, evaluator)
        }
      }
    }
    return sums
  }

  /// Chunks for several workers: each takes the next one when it is ready, so that none waits for a
  /// slower one.
  private final class Chunks: Sendable {
    private let places: [TableSet.Place]
    private let taken = Atomic(0)

    init(_ places: [TableSet.Place]) { self.places = places }

    func next() -> TableSet.Place? {
      let index = taken.add(1, ordering: .relaxed).oldValue
      return index < places.count ? places[index] : nil
    }
  }

  /// Columns that more than one linear form reads.
  private static func sharedColumns(_ items: [Item]) -> Set<LatticeColumnKey> {
    var forms: Set<LinearForm> = []
    for item in items {
      for term in item.expression.terms {
        for factor in term.factors { factor.collectForms(into: &forms) }
      }
    }
    var seen: Set<LatticeColumnKey> = []
    var shared: Set<LatticeColumnKey> = []
    for form in forms {
      for term in form.terms where !seen.insert(term.column.storageKey).inserted {
        shared.insert(term.column.storageKey)
      }
    }
    return shared
  }

  /// Scales and relinearizes the sums, each on whatever core is free.
  private func finish(_ sums: [Sum]) async throws -> [BFV.Ciphertext?] {
    try await withThrowingTaskGroup(of: (Int, BFV.Ciphertext?).self) { group in
      for (index, sum) in sums.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return try timing.measure(.finishing) {
            (index, try sum.finished(evaluator, relinearization))
          }
        }
      }
      var results: [BFV.Ciphertext?] = sums.map { _ in nil }
      for try await (index, result) in group { results[index] = result }
      return results
    }
  }

  /// The running sum of one total: what needs no product, and products by their weight.
  private struct Sum: Sendable {
    var linear: BFV.Ciphertext?
    var products: [Int64: ProductAccumulator] = [:]

    mutating func add(
      _ term: TotalTerm, mask: [Int64]?, with chunk: inout ChunkEvaluator,
      _ evaluator: BFV.Evaluator
    ) throws {
      switch term.operands {
      case .linear(let form):
        try chunk.add(form, mask: mask, weight: term.weight, to: &linear)
      case .product(let left, let right):
        // The accumulator leaves the dictionary while it changes, so that it is not copied.
        var accumulator =
          try products.removeValue(forKey: term.weight)
          ?? evaluator.makeProductAccumulator(level: evaluator.context.topLevel)
        try chunk.add(left, right, mask: mask, masksLeft: term.masksLeft, to: &accumulator)
        products[term.weight] = accumulator
      }
    }

    mutating func merge(_ other: consuming Sum, _ evaluator: BFV.Evaluator) throws {
      if let theirs = other.linear {
        if var mine = linear.take() {
          try evaluator.add(theirs, to: &mine)
          linear = mine
        } else {
          linear = theirs
        }
      }
      for weight in Array(other.products.keys) {
        guard let theirs = other.products.removeValue(forKey: weight) else { continue }
        if var mine = products.removeValue(forKey: weight) {
          try mine.merge(theirs)
          products[weight] = mine
        } else {
          products[weight] = theirs
        }
      }
    }

    consuming func finished(
      _ evaluator: BFV.Evaluator, _ key: RelinearizationKey
    ) throws -> BFV.Ciphertext? {
      var gathered: ProductAccumulator?
      // In order, so that the same query gives the same ciphertexts.
      for weight in products.keys.sorted() {
        guard var weighted = products.removeValue(forKey: weight), weighted.termCount > 0 else {
          continue
        }
        if weight != 1 { try weighted.multiply(by: weight) }
        if gathered == nil { gathered = weighted } else { try gathered?.merge(weighted) }
      }
      guard var gathered else { return linear }
      var result = try gathered.finish(relinearizingWith: key)
      if let linear { try evaluator.add(linear, to: &result) }
      return result
    }
  }
}

extension TotalExpression {
  /// The different weights of its products, each of which has a running sum of its own.
  fileprivate var productWeights: Int {
    var weights: Set<Int64> = []
    for term in terms {
      if case .product = term.operands { weights.insert(term.weight) }
    }
    return weights.count
  }

  /// Its products in one chunk.
  fileprivate var productCount: Int {
    terms.count { if case .product = $0.operands { true } else { false } }
  }
}

extension IndicatorExpression {
  /// Adds the linear forms that the expression is made of.
  fileprivate func collectForms(into forms: inout Set<LinearForm>) {
    switch self {
    case .linear(let form): forms.insert(form)
    case .product(let factors):
      for factor in factors { factor.collectForms(into: &forms) }
    case .sum(let terms):
      for term in terms { term.expression.collectForms(into: &forms) }
    }
  }
}
