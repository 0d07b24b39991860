extension VectorCatalog {
  static let paillierKinds: [any VectorKind.Type] =
    integerKinds + [
      PaillierKeyVectors.self, PaillierGenerationVectors.self, PrivateKeyBytesVectors.self,
      PublicKeyBytesVectors.self, PaillierEncryptionVectors.self,
      PaillierOperationVectors.self, PaillierSumVectors.self, PaillierSignedVectors.self,
      PaillierDecryptionVectors.self, RecordLayoutVectors.self, RecordPackingVectors.self,
      RecordTotalVectors.self, RecordMaskVectors.self, DecimalVectors.self,
      EncodedNumberVectors.self, JSONNumberVectors.self, JSONWebKeyVectors.self,
      PaillierStandardVectors.self, PythonPaillierVectors.self,
    ]

  private static let integerKinds: [any VectorKind.Type] = [
    MontgomeryVectors.self, SquareModulusVectors.self, FixedBaseVectors.self,
    IntegerDivisionVectors.self, IntegerInverseVectors.self,
  ]
}
