extension VectorCatalog {
  static let bfvKinds: [any VectorKind.Type] = [
    ParameterVectors.self, DerivationVectors.self, EncodingVectors.self,
    GaloisElementVectors.self, KeyGenerationVectors.self, EncryptionVectors.self,
    AdditionVectors.self, PlaintextProductVectors.self, ProductVectors.self,
    ProductSumVectors.self, RelinearizationVectors.self, RotationVectors.self,
    ModulusSwitchVectors.self, DecryptionVectors.self, PackingVectors.self,
    ExtractionVectors.self, TotalsVectors.self, SerializationVectors.self,
  ]
}
