import BFV

/// The static noise bound of a plan's totals on given tables.
struct PlanNoise {
  let model: NoiseModel
  let level: Int
  /// The most fresh ciphertexts that a stored one is the sum of.
  let appends: Int
  /// Chunks of all tables.
  let chunks: Int
  /// Whether clear grouping keys or deleted records put a mask on every term.
  let masksEverything: Bool

  /// The bound for one total, key switch included.
  func bound(of total: TotalExpression) -> NoiseBound {
    var sum = NoiseBound.none
    var hasProduct = false
    for term in total.terms {
      let isMasked = masksEverything || term.mask != .everything
      let noise: NoiseBound
      switch term.operands {
      case .linear(let form):
        noise = masked(bound(of: form), isMasked)
      case .product(let left, let right):
        hasProduct = true
        noise = model.product(
          masked(bound(of: left), isMasked && term.masksLeft),
          masked(bound(of: right), isMasked && !term.masksLeft), level: level)
      }
      sum = sum + noise.times(Double(term.weight.magnitude))
    }
    let scanned = sum.times(Double(max(chunks, 1)))
    return hasProduct ? scanned + model.keySwitch(level: level) : scanned
  }

  private func masked(_ noise: NoiseBound, _ isMasked: Bool) -> NoiseBound {
    isMasked ? model.multiplyingPlaintext(noise) : noise
  }

  private func bound(of form: LinearForm) -> NoiseBound {
    model.fresh.times(Double(max(appends, 1)) * Double(form.weightSum))
  }

  private func bound(of expression: IndicatorExpression) -> NoiseBound {
    switch expression {
    case .linear(let form): return bound(of: form)
    case .product(let factors):
      guard var noise = factors.first.map(bound) else { return .none }
      for factor in factors.dropFirst() {
        noise =
          model.product(noise, bound(of: factor), level: level)
          + model.keySwitch(level: level)
      }
      return noise
    case .sum(let terms):
      return terms.reduce(.none) {
        $0 + bound(of: $1.expression).times(Double($1.weight.magnitude))
      }
    }
  }
}
