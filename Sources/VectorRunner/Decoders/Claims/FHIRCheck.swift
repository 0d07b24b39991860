import ClaimSchema

/// FHIR: bundles, and resources on lines.
struct FHIRCheck: DecoderCheck {
  static let name = "claims.fhir"
  static let refusals: [any Error.Type] = [ClaimReadError.self]
  static let byteLimit = 8192

  /// A claim of two items.
  static let claim = """
    {"resourceType":"ExplanationOfBenefit","id":"7","status":"active","use":"claim",\
    "identifier":[{"system":"https://bluebutton.cms.gov/resources/variables/clm_id","value":"9"}],\
    "patient":{"reference":"Patient/1"},"billablePeriod":{"start":"2008-12-01"},\
    "diagnosis":[{"sequence":1,"diagnosisCodeableConcept":{"coding":[{"code":"E11"}]}}],\
    "item":[{"sequence":1,"servicedDate":"2008-12-02","adjudication":[{"category":{"coding":\
    [{"code":"submitted"}]},"amount":{"value":12.50,"currency":"USD"}}]},{"sequence":2}]}
    """

  func seeds() -> [[UInt8]] {
    [
      FHIRCheck.claim, "\(FHIRCheck.claim)\n{\"resourceType\":\"Patient\"}\n",
      "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":\(FHIRCheck.claim)},{}]}",
      "[\(FHIRCheck.claim)]",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    try RecordsOfSource.read(
      SourceOpening.open(
        bytes: input, source: Self.source, options: ReadingOptions(format: .fhir)))
  }
}
