import ClaimSchema

/// The schema that is proposed for a claims file: it must parse and admit the whole file.
struct SchemaInferenceCheck: DecoderCheck {
  static let name = "claims.inference"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  func seeds() -> [[UInt8]] { [Array(ClaimsFileCheck.delimited.utf8)] }

  func run(_ input: [UInt8]) throws {
    let proposal = try SchemaInference.propose(
      CSVReader(bytes: input, source: Self.source), table: "claims")
    let schema: Schema
    do {
      schema = try Schema.parse(yaml: proposal, source: "proposal")
    } catch {
      throw DecoderDefect("the proposal is no schema: \(error)")
    }
    let reader = try ClaimReader(
      CSVReader(bytes: input, source: Self.source), schema: schema)
    while let row = try reader.next() {
      if case .rejected(let problem, _) = row {
        throw DecoderDefect("the proposal does not admit the file: \(problem)")
      }
    }
  }
}
