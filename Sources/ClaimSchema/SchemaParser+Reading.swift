import Yams

extension SchemaParser {
  /// The keys that say how claims files are read.
  static let readingKeys = ["null_tokens", "delimiter", "fhir", "prepare", "with"]

  /// The longest SQL text, in bytes.
  static let sqlBytes = 1...(1 << 16)

  func reading(_ section: SchemaSection) throws(SchemaError) -> ReadingRules {
    ReadingRules(
      nullTokens: try nullTokens(section), delimiter: try delimiter(section),
      fhirColumns: try fhirColumns(section), preparation: try preparation(section))
  }

  private func nullTokens(_ section: SchemaSection) throws(SchemaError) -> [String] {
    let expected =
      "a list of at most 64 different texts without spaces at the ends, such as [\"\", NULL, \"?\"]"
    guard let tokens = try section.texts("null_tokens", expected: expected) else {
      return NullTokens.standard
    }
    guard tokens.count <= 64, Set(tokens).count == tokens.count,
      tokens.allSatisfy({ $0.utf8.elementsEqual(CellText.trimmed($0)) && $0.utf8.count <= 255 })
    else { throw section.invalid("null_tokens", expected: expected) }
    return tokens.map { CellText.composed(Array($0.utf8)[...]) }
  }

  private func delimiter(_ section: SchemaSection) throws(SchemaError) -> Delimiter? {
    let expected = "one of \(names(Delimiter.allCases))"
    guard let text = try section.text("delimiter", expected: expected) else { return nil }
    guard let delimiter = Delimiter(rawValue: text) else {
      throw section.invalid("delimiter", expected: expected)
    }
    return delimiter
  }

  private func fhirColumns(_ section: SchemaSection) throws(SchemaError) -> [FHIRColumn] {
    guard let node = section.node("fhir") else { return [] }
    let columns = try FHIRColumn.list(node, source: source)
    guard (1...Schema.columnLimit).contains(columns.count) else {
      throw section.invalid("fhir", expected: "a mapping of column names to FHIR paths")
    }
    return columns
  }

  private func preparation(_ section: SchemaSection) throws(SchemaError) -> Preparation? {
    let expected = "an SQL query: SELECT … FROM source …"
    guard let sql = try section.text("prepare", expected: expected) else {
      guard !section.contains("with") else {
        throw .missingKey(
          section.location(of: "with"), key: "prepare", section: section.title,
          remedy: "only a prepare query reads further tables: add it, or delete 'with'")
      }
      return nil
    }
    guard SchemaParser.sqlBytes.contains(sql.utf8.count) else {
      throw section.invalid("prepare", expected: expected)
    }
    let form = "a list of at most 8 different lower-case SQL names other than source"
    let companions = try section.texts("with", expected: form) ?? []
    guard companions.count <= 8, Set(companions).count == companions.count,
      companions.allSatisfy({ SQLIdentifier.make($0) == $0 && $0 != "source" })
    else { throw section.invalid("with", expected: form) }
    return Preparation(sql: sql, companions: companions)
  }
}
