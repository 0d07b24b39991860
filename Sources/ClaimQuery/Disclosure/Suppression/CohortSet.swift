import ClaimSchema

/// The records that an aggregate tells about, as a union of parts that exclude each other.
struct CohortSet: Hashable {
  /// Records that meet a condition and, where a column is named, have a value in it.
  struct Part: Hashable {
    let condition: Condition
    let presentColumn: String?
  }

  let parts: [Part]

  init(_ aggregate: AggregateSpecification, plan: Plan) {
    parts = aggregate.contributors.compactMap { index in
      guard plan.totals.indices.contains(index),
        plan.slices.indices.contains(plan.totals[index].slice)
      else { return nil }
      let column: String? =
        if case .present(let column) = plan.totals[index].measure { column } else { nil }
      return Part(condition: plan.slices[plan.totals[index].slice], presentColumn: column)
    }
  }
}
