import SecureMemory

/// What a sampler draws from in a vector: some bytes, which it must use up, or those that follow from
/// a seed, of which some come next.
struct SampledBytes: RandomSource {
  private enum Source {
    case replayed(ReplayedBytes, count: Int)
    case expanded(SeedExpander, following: HexBytes)
  }

  private var source: Source

  /// - Throws: ``MalformedVector`` when there is neither of the two.
  init(bytes: HexBytes?, seed: HexBytes?, following: HexBytes?) throws(MalformedVector) {
    if let bytes {
      source = .replayed(ReplayedBytes(bytes.bytes), count: bytes.bytes.count)
    } else if let seed, let following {
      source = .expanded(SeedExpander(vectorSeed: seed), following: following)
    } else {
      throw MalformedVector("bytes", "neither bytes nor a seed with what follows")
    }
  }

  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    switch source {
    case .replayed(var replayed, let count):
      replayed.fill(buffer)
      source = .replayed(replayed, count: count)
    case .expanded(var expander, let following):
      expander.fill(buffer)
      source = .expanded(expander, following: following)
    }
  }

  /// Checks how many bytes were drawn.
  ///
  /// - Throws: ``VectorMismatch``.
  func checkUse() throws(VectorMismatch) {
    switch source {
    case .replayed(let replayed, let count):
      try VectorCheck.equal("bytes used", replayed.used, count)
    case .expanded(var expander, let following):
      try VectorCheck.equal("following", expander.bytes(following.bytes.count), following)
    }
  }
}
