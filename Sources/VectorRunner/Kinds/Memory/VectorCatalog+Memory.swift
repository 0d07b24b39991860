extension VectorCatalog {
  static let memoryKinds: [any VectorKind.Type] = [DigestVectors.self, SeedVectors.self]
}
