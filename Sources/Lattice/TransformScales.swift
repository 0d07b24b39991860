import CLatticeKernels

/// What an inverse transform multiplies each limb by: a residue for each prime of a basis, times N^-1.
package struct TransformScales: Sendable {
  let constants: [clk_constant]

  /// - Parameter factors: one residue for each prime.
  package init(_ basis: RNSBasis, factors: [UInt64]) {
    precondition(factors.count == basis.count)
    constants = zip(basis.plans, factors).map { plan, factor in
      plan.modulus.constant(plan.modulus.multiply(factor, plan.inverseDegree.value))
    }
  }

  /// The coefficients themselves.
  init(_ plans: [NTTPlan]) { constants = plans.map(\.inverseDegree) }
}
