/// The kinds of vectors that this program runs.
package enum VectorCatalog {
  package static let kinds: [any VectorKind.Type] =
    memoryKinds + latticeKinds + bfvKinds + paillierKinds + claimKinds + formatKinds + storyKinds
}
