extension VectorCatalog {
  static let paillierKinds: [any VectorKind.Type] = []
}
