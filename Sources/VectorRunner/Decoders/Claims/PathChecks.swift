import ClaimSchema

/// Paths into FHIR resources, and what they find in one.
struct FHIRPathCheck: DecoderCheck {
  static let name = "claims.fhir-path"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  func seeds() -> [[UInt8]] {
    [
      "id", "item.adjudication.where(category.coding.code = 'submitted').amount.value",
      "identifier[0].value | id", "diagnosis.first().diagnosisCodeableConcept.coding.code",
      "item.where(sequence != 1).sequence",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let rules = ReadingRules(fhirColumns: [FHIRColumn(name: "x", path: input.text)])
    try RecordsOfSource.read(
      SourceOpening.open(
        bytes: Array(FHIRCheck.claim.utf8), source: Self.source, rules: rules,
        options: ReadingOptions(format: .fhir)))
  }
}

/// Names and paths of the cells of JSON records: the first line is the path, the rest the records.
struct JSONPathCheck: DecoderCheck {
  static let name = "claims.json-path"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  private static let record = "{\"a\":{\"b\":[1,{\"c\":[2,3]}],\"d.e\":4},\"a.b\":null,\"\":5}"

  func seeds() -> [[UInt8]] {
    ["a.b[1].c[0]", "a.d.e", "", "a.b[9]", "[0]", "a..b\n\(Self.record)"].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let (path, rest) = input.firstLine
    try RecordsOfSource.read(
      SourceOpening.open(
        bytes: rest.isEmpty ? Array(Self.record.utf8) : rest, source: Self.source,
        wanted: [path.text], options: ReadingOptions(format: .ndjson)))
  }
}
