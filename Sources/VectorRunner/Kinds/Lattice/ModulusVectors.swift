import Lattice

/// Moduli with what their kernels need.
struct ModulusVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let value: HexWord
    let bits: Int?
    let ratio: String?
  }

  static let name = "lattice.modulus"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let modulus = try Modulus(vector.value.value)
    try VectorCheck.equal("bits", modulus.bitWidth, vector.bits)
    let ratio =
      UInt128(modulus.kernelModulus.ratio_high) << 64 | UInt128(modulus.kernelModulus.ratio_low)
    try VectorCheck.equal("ratio", String(ratio, radix: 16), vector.ratio)
  }
}
