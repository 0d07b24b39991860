extension VectorCatalog {
  static let schemeKinds: [any VectorKind.Type] = []
}
