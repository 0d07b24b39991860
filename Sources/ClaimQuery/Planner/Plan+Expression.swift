import ClaimSchema

extension Plan {
  /// What is added up over all slots of all chunks for a lattice total of a hidden group; no term
  /// for a Paillier total. A sum has one expression for each limb of its values.
  ///
  /// Equal parts of different totals and groups are equal values, so an evaluator can keep what it
  /// has computed for a chunk by expression.
  ///
  /// - Parameters:
  ///   - group: An index into `hiddenGroups`.
  ///   - total: An index into `totals`.
  ///   - limb: The limb of the value of a sum, from 0.
  /// - Throws: `QueryError.tooDeep` or `.tooLarge`; never for a plan that a `Planner` made.
  public func expression(
    group: Int, total: Int, limb: Int = 0
  ) throws(QueryError) -> TotalExpression {
    guard let builder else { return TotalExpression(terms: []) }
    return try builder.expression(of: hiddenGroups[group], total: totals[total], limb: limb)
  }
}

extension TotalBuilder {
  /// The terms of one total over the records of a group.
  package func expression(
    of group: HiddenGroup, total: TotalSpecification, limb: Int
  ) throws(QueryError) -> TotalExpression {
    guard total.isLattice, group.cases.indices.contains(total.slice) else {
      return TotalExpression(terms: [])
    }
    do throws(Failure) {
      return try expression(
        of: group.cases[total.slice],
        value: total.summedColumn(limb: limb))
    } catch {
      throw error.queryError(depth: depth)
    }
  }
}

extension TotalBuilder.Failure {
  package func queryError(depth: Int) -> QueryError {
    switch self {
    case .tooDeep(let factors): .tooDeep(factors: factors, depth: depth)
    case .tooManyTerms:
      .tooLarge(
        what: "products in the distributed WHERE clause", count: DistributedForm.termLimit + 1,
        limit: DistributedForm.termLimit,
        remedy: "ask with fewer alternatives, or encrypt for more depth")
    }
  }
}
