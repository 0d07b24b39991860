import BFV
import ClaimKeys
import ClaimSchema

/// What a plan's lattice totals cost on tables of a given size: operations, bytes, noise. Nothing is
/// evaluated.
public struct PlanCost: Hashable, Sendable {
  /// The totals of the whole answer, limbs counted.
  public let totals: Int
  /// Multiplications of ciphertexts with a key switch each, inside conditions.
  public let multiplications: Int
  /// Products that are added up without a key switch.
  public let accumulatedProducts: Int
  /// Ciphertexts that are brought to the extended basis of products.
  public let extensions: Int
  /// Key switches at the end: one for each total that has a product, and those of packing.
  public let keySwitches: Int
  /// Ciphertext columns that are added, over all chunks.
  public let additions: Int
  /// The answer's size in bytes, about.
  public let answerByteCount: Int
  /// Bits of noise that are left at the end, flooding included; negative when the query would be
  /// refused. Nil without lattice totals.
  public let noiseBitsLeft: Int?

  /// The most hidden groups that are looked at one by one; the others count as much.
  private static let sampledGroups = 64

  /// - Parameters:
  ///   - plan: the query's.
  ///   - layout: the tables'.
  ///   - chunks: of all tables together.
  ///   - appends: the most fresh ciphertexts that a stored one is the sum of.
  ///   - clearGroups: the groups of the clear grouping columns, 1 without them.
  /// - Throws: never for a plan that a `Planner` made of the layout's schema.
  public init(
    _ plan: Plan, layout: TableLayout, chunks: Int, appends: Int = 1, clearGroups: Int = 1
  ) throws(QueryError) {
    guard let parameters = layout.parameters, plan.totals.contains(where: \.isLattice) else {
      (totals, multiplications, accumulatedProducts, extensions) = (0, 0, 0, 0)
      (keySwitches, additions, answerByteCount, noiseBitsLeft) = (0, 0, 0, nil)
      return
    }
    let model = NoiseModel(parameters)
    let noise = PlanNoise(
      model: model, level: parameters.ciphertextModuli.count, appends: appends, chunks: chunks,
      masksEverything: plan.groupColumns.contains(where: \.isClear))
    var tally = Tally()
    var worst = NoiseBound.none
    let sample = min(plan.hiddenGroups.count, PlanCost.sampledGroups)
    for group in 0..<sample {
      for (index, total) in plan.totals.enumerated() where total.isLattice {
        let limbs = total.summedValue.map(layout.limbCount(of:)) ?? 1
        for limb in 0..<limbs {
          let expression = try plan.expression(group: group, total: index, limb: limb)
          worst = max(worst, noise.bound(of: expression))
          tally.add(expression)
        }
      }
    }
    let factor = clearGroups * max(1, plan.hiddenGroups.count) / max(1, sample)
    let totals = tally.totals * factor
    let isPacked = layout.needsPacking && totals > TableLayout.groupsSentSingly
    let level = parameters.ciphertextModuli.count
    let sent = (isPacked ? model.packing(worst, level: level) : worst) + model.fresh
    let flooded = model.flooded(sent, totals: max(totals, 1))
    self.totals = totals
    // Conditions are computed once for all totals; masks keep products apart by clear group.
    multiplications = tally.inner.count * chunks
    accumulatedProducts = tally.products * factor * chunks
    extensions = tally.operands.count * chunks * (plan.demand.masks > 0 ? clearGroups : 1)
    keySwitches = tally.totalsWithProducts * factor + (isPacked ? totals : 0)
    additions = tally.columns.count * chunks
    let residues =
      isPacked
      ? (totals + parameters.degree) * ((totals - 1) / parameters.degree + 1)
      : totals * (parameters.degree + 1)
    answerByteCount = residues * 2 * MemoryLayout<UInt64>.size
    noiseBitsLeft = Int(
      (model.largestTotal(level: level).log2 - flooded.log2).rounded(.down))
  }

  /// What the expressions of one clear group need in one chunk.
  private struct Tally {
    var totals = 0
    var totalsWithProducts = 0
    var products = 0
    var inner: Set<IndicatorExpression> = []
    var operands: Set<IndicatorExpression> = []
    var columns: Set<LatticeColumn> = []

    mutating func add(_ expression: TotalExpression) {
      totals += 1
      var hasProduct = false
      for term in expression.terms {
        for factor in term.factors { factor.collectColumns(into: &columns) }
        guard case .product(let left, let right) = term.operands else { continue }
        hasProduct = true
        products += 1
        operands.formUnion([left, right])
        left.collectProducts(into: &inner)
        right.collectProducts(into: &inner)
      }
      if hasProduct { totalsWithProducts += 1 }
    }
  }
}
