/// The checks of all decoders.
package enum DecoderCatalog {
  package static let checks: [any DecoderCheck.Type] =
    keyChecks + latticeChecks + paillierChecks + claimChecks + queryChecks + tableChecks + [
      EnvelopeCheck.self, VectorFileCheck.self,
    ]

  private static let keyChecks: [any DecoderCheck.Type] = [
    PublicKeySetCheck.self, EvaluationKeySetCheck.self, SecretKeySetCheck.self,
    ServerKeyCheck.self, SealedBoxCheck.self,
  ]

  private static let latticeChecks: [any DecoderCheck.Type] = [
    EncryptionParametersCheck.self, LatticeCiphertextCheck.self, SeededCiphertextCheck.self,
    EncryptedTotalsCheck.self,
  ]

  private static let paillierChecks: [any DecoderCheck.Type] = [
    PaillierPublicKeyCheck.self, PaillierPrivateKeyCheck.self, PaillierCiphertextCheck.self,
    ForeignPublicKeyCheck.self, ForeignPrivateKeyCheck.self, ForeignNumberCheck.self,
    DecimalCheck.self,
  ]

  private static let claimChecks: [any DecoderCheck.Type] = [
    SchemaCheck.self, SchemaInferenceCheck.self, DelimitedTextCheck.self, JSONRecordsCheck.self,
    FHIRCheck.self, FHIRPathCheck.self, JSONPathCheck.self, GzipCheck.self, ClaimsFileCheck.self,
    CellCheck.self, AmountCheck.self, DateCheck.self,
  ]

  private static let queryChecks: [any DecoderCheck.Type] = [
    SQLCheck.self, PlanCheck.self, AnswerCheck.self, LedgerEntryCheck.self, LedgerCheck.self,
    LedgerHeadCheck.self,
  ]

  private static let tableChecks: [any DecoderCheck.Type] = [
    TableDescriptionCheck.self, ClearCellsCheck.self, ClearStatisticsCheck.self,
    DeletedSlotsCheck.self, JournalCheck.self, TableFileCheck.self,
  ]

  /// The check of a name.
  package static func check(named name: String) -> (any DecoderCheck.Type)? {
    checks.first { $0.name == name }
  }
}
