import ClaimQuery
import ClaimSchema
import _TestSupport

/// A random condition, and records to hold it against.
struct PredicateCase: CustomStringConvertible {
  let predicate: Predicate
  let table: PlainTable

  /// - Parameter columns: those that leaves are drawn from; all if left out.
  init(
    _ choices: inout Choices, _ schema: Schema, columns: [String]? = nil, slots: Int
  ) {
    var generator = PredicateGenerator(random: choices, schema: schema)
    if let columns { generator.columns = columns }
    predicate = generator.predicate(depth: 3)
    table = PlainTable(schema, slots: slots, &generator.random)
    choices = generator.random
  }

  var description: String {
    let query = Query(
      select: [SelectItem(value: .aggregate(.countRecords), label: "n")], table: "t",
      predicate: predicate)
    return "\(query.canonicalText) over \(table.slots.compactMap(\.self))"
  }
}
