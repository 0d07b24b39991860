extension VectorCatalog {
  static let latticeKinds: [any VectorKind.Type] = [
    ModulusVectors.self, PrimeVectors.self, NextPrimeVectors.self, PrimalityVectors.self,
    RootVectors.self,
    ArithmeticVectors.self, ReductionVectors.self, CentringVectors.self, PowerVectors.self,
    TransformVectors.self, AutomorphismVectors.self, ProductVectors.self,
    PointwiseVectors.self, SumVectors.self, TensorVectors.self,
    BasisVectors.self, ConversionVectors.self, ExtensionVectors.self, LiftVectors.self,
    DivisionVectors.self, MagnitudeVectors.self, GadgetVectors.self,
    TernaryVectors.self, BinomialVectors.self, UniformVectors.self,
    PackingVectors.self, SlotVectors.self,
  ]
}
