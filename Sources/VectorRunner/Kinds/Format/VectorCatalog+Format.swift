extension VectorCatalog {
  static let formatKinds: [any VectorKind.Type] = [
    EnvelopeVectors.self, SealedBoxVectors.self, KeyedBoxVectors.self, SignedBodyVectors.self,
    PaillierPublicKeyVectors.self, PaillierSecretKeyVectors.self, PaillierCiphertextVectors.self,
    ServerKeyVectors.self, PublicKeyVectors.self, SecretKeyVectors.self, EvaluationKeyVectors.self,
    AnswerVectors.self, LedgerVectors.self, TableDescriptionVectors.self,
    StoredCiphertextVectors.self, ClearCellsVectors.self, ClearStatisticsVectors.self,
    JournalVectors.self, TableVectors.self, GoldenVectors.self, DecoderVectors.self,
  ]
}
