extension VectorCatalog {
  static let storyKinds: [any VectorKind.Type] = [StoryVectors.self]
}
