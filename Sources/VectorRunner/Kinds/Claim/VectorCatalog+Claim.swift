extension VectorCatalog {
  static let claimKinds: [any VectorKind.Type] = [
    SchemaVectors.self, LayoutVectors.self, DigitEncodingVectors.self, SelectionVectors.self,
    GroupKeyVectors.self, ValueEncodingVectors.self, CellVectors.self, SQLVectors.self,
    PredicateVectors.self, PlanVectors.self, ResultVectors.self, DisclosureVectors.self,
  ]
}
