import BigInteger
import Paillier

/// Sums of many ciphertexts, by group.
struct PaillierSumVectors: VectorKind {
  typealias Group = PaillierKeyFields

  struct Case: Decodable, Sendable {
    let ciphertexts: [HexBytes]
    let groups: [Int]
    let groupCount: Int
    /// How many come first; the others are added apart from them, and then both sums.
    let split: Int
    /// Nil for a fresh encryption of 0.
    let totals: [HexBytes?]?
    let opened: [HexInteger]?
  }

  static let name = "paillier.sums"

  private let key: PrivateKey

  init(_ group: PaillierKeyFields) throws { key = try group.privateKey() }

  func run(_ vector: Case) throws {
    try check(sumsOfBytes(vector), vector)
    let ciphertexts = try vector.ciphertexts.map(key.publicKey.ciphertext)
    let evaluator = Evaluator(publicKey: key.publicKey)
    try check(
      evaluator.sums(
        of: ciphertexts, groups: vector.groups, groupCount: vector.groupCount), vector)
    try check(sumsInTwoParts(ciphertexts, vector), vector)
    if vector.groupCount == 1 {
      try check([evaluator.sum(ciphertexts)], vector)
      try check([sumInTwoParts(ciphertexts, vector)], vector)
    }
  }

  private func sumsOfBytes(_ vector: Case) throws -> [Ciphertext] {
    var sums = GroupedSum(publicKey: key.publicKey, groupCount: vector.groupCount)
    for (bytes, group) in zip(vector.ciphertexts, vector.groups) {
      try sums.add(serialized: bytes.bytes, to: group, source: VectorCheck.source)
    }
    return try totals(sums)
  }

  private func sumsInTwoParts(
    _ ciphertexts: [Ciphertext], _ vector: Case
  ) throws -> [Ciphertext] {
    var parts = [GroupedSum](
      repeating: GroupedSum(publicKey: key.publicKey, groupCount: vector.groupCount), count: 2)
    for (index, (ciphertext, group)) in zip(ciphertexts, vector.groups).enumerated() {
      try parts[index < vector.split ? 0 : 1].add(ciphertext, to: group)
    }
    try parts[0].add(parts[1])
    try VectorCheck.equal(
      "groups", parts[0].counts,
      (0..<vector.groupCount).map { group in vector.groups.count { $0 == group } })
    return try totals(parts[0])
  }

  private func sumInTwoParts(
    _ ciphertexts: [Ciphertext], _ vector: Case
  ) throws -> Ciphertext {
    var parts = [CiphertextSum](
      repeating: CiphertextSum(publicKey: key.publicKey), count: 2)
    for (index, ciphertext) in ciphertexts.enumerated() {
      try parts[index < vector.split ? 0 : 1].add(ciphertext)
    }
    try parts[1].add(parts[0])
    return try parts[1].total()
  }

  private func totals(_ sums: GroupedSum) throws -> [Ciphertext] {
    try sums.counts.indices.map { try sums.total(of: $0, source: VectorCheck.source) }
  }

  private func check(_ found: [Ciphertext], _ vector: Case) throws {
    let totals = try VectorCheck.present("totals", vector.totals)
    try VectorCheck.equal("totals", found.count, totals.count)
    for (total, expected) in zip(found, totals) {
      try VectorCheck.equal("totals", total, expected, key: key.publicKey)
    }
    try VectorCheck.equal(
      "opened", key.decrypt(found), VectorCheck.present("opened", vector.opened))
  }
}
