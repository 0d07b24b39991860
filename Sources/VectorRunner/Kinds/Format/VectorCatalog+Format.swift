extension VectorCatalog {
  static let formatKinds: [any VectorKind.Type] = []
}
