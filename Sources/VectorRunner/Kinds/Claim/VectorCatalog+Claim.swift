extension VectorCatalog {
  static let claimKinds: [any VectorKind.Type] = []
}
