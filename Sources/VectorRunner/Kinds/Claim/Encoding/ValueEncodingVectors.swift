import BigInteger
import ClaimKeys

/// Summed values as limbs, and the values of sums of limbs.
struct ValueEncodingVectors: VectorKind {
  struct Group: Decodable, Sendable {
    /// The largest magnitude of a value, in hexadecimal.
    let largest: String
    let capacity: Int
    let modulus: HexWord
    /// Bits of every limb but the last; nil for a value in one limb.
    let limbBits: Int?
    /// 0 when values cannot be stored.
    let limbCount: Int
  }

  struct Case: Decodable, Sendable {
    let values: [String]
    /// The sums of the values' limbs.
    let limbs: [String]
    /// The sum of the values.
    let total: String
  }

  static let name = "claims.values"

  private let group: Group
  private let encoding: ValueEncoding?

  init(_ group: Group) throws {
    self.group = group
    guard let largest = UInt128(group.largest, radix: 16) else {
      throw SampleError.notAValue(group.largest, column: "largest")
    }
    encoding = ValueEncoding(
      largest: largest, capacity: group.capacity, plaintextModulus: group.modulus.value)
  }

  func run(_ vector: Case) throws {
    try VectorCheck.equal("limb_count", encoding?.limbCount ?? 0, group.limbCount)
    guard let encoding else { return }
    if let bits = group.limbBits { try VectorCheck.equal("limb_bits", encoding.limbBits, bits) }
    var sums = Array(repeating: Int64(0), count: encoding.limbCount)
    for text in vector.values {
      guard let value = Int128(text) else { throw SampleError.notAValue(text, column: "values") }
      for (index, limb) in encoding.limbs(of: value).enumerated() { sums[index] += limb }
    }
    try VectorCheck.equal("limbs", sums.map(String.init), vector.limbs)
    try VectorCheck.equal("total", encoding.value(ofLimbSums: sums).decimal, vector.total)
  }
}
