extension SchemaParser {
  /// The clear columns by which records are gathered in chunks.
  func clusterBy(
    _ section: SchemaSection, _ columns: [Column]
  ) throws(SchemaError) -> [String] {
    let clear = columns.filter { $0.protection == .clear }.map(\.name)
    let choice =
      clear.isEmpty ? "; no column is clear" : ", some of " + clear.joined(separator: ", ")
    let expected = "a list of clear columns by their SQL names, each once" + choice
    guard let names = try section.texts("cluster_by", expected: expected) else { return [] }
    guard !names.isEmpty, Set(names).count == names.count, names.allSatisfy(clear.contains) else {
      throw section.invalid("cluster_by", expected: expected)
    }
    return names
  }

  /// The column that names a record's person.
  func person(
    _ section: SchemaSection, _ columns: [Column]
  ) throws(SchemaError) -> PersonSettings? {
    let bytes = SchemaParser.headerBytes
    let expected = "a column's SQL name, or a header of 1 to \(bytes.upperBound) bytes"
    let counts = PersonSettings.bucketCounts
    let expectedCount = "one of " + counts.map(String.init).joined(separator: ", ")
    let buckets = try section.integer("person_buckets", in: counts[0]...counts[counts.count - 1])
    if let buckets, !counts.contains(buckets) {
      throw section.invalid("person_buckets", expected: expectedCount)
    }
    guard let column = try section.text("person", expected: expected) else {
      guard buckets == nil else {
        throw .missingKey(
          section.location(of: "person_buckets"), key: "person", section: section.title,
          remedy: "name the column that tells persons apart: 'person: HEADER'")
      }
      return nil
    }
    guard bytes.contains(column.utf8.count) else {
      throw section.invalid("person", expected: expected)
    }
    guard buckets == nil || columns.contains(where: { $0.protection == .encrypted }) else {
      throw .contradiction(
        section.location(of: "person_buckets"), column: column,
        problem: "buckets are stored in BFV ciphertexts, and no column of this schema is",
        remedy: "delete 'person_buckets', or protect a column as encrypted")
    }
    return PersonSettings(column: column, buckets: buckets)
  }
}
