extension VectorCatalog {
  static let bfvKinds: [any VectorKind.Type] = [
    ParameterVectors.self, DerivationVectors.self, BatchEncodingVectors.self,
    GaloisElementVectors.self, KeyGenerationVectors.self, EncryptionVectors.self,
    AdditionVectors.self, PlaintextProductVectors.self, CiphertextProductVectors.self,
    ProductSumVectors.self, RelinearizationVectors.self, RotationVectors.self,
    ModulusSwitchVectors.self, DecryptionVectors.self, ConstantPackingVectors.self,
    ExtractionVectors.self, TotalsVectors.self, SerializationVectors.self,
  ]
}
