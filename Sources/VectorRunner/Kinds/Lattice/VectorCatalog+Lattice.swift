extension VectorCatalog {
  static let latticeKinds: [any VectorKind.Type] = []
}
