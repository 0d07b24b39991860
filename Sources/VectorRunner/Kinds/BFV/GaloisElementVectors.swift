import BFV

/// The automorphisms that rotations, packing and sums need, by ring degree.
struct GaloisElementVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    struct Rotation: Decodable, Sendable {
      let steps: Int
      let element: Int
    }

    struct BlockSum: Decodable, Sendable {
      let size: Int
      let elements: [Int]
    }

    let degree: Int
    let rotations: [Rotation]
    let rowSwap: Int
    let packing: [Int]
    let blockSums: [BlockSum]
  }

  static let name = "bfv.galois-element"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let degree = vector.degree
    for rotation in vector.rotations {
      try VectorCheck.equal(
        "rotations by \(rotation.steps)",
        GaloisKeys.rotationElement(by: rotation.steps, degree: degree), rotation.element)
    }
    try VectorCheck.equal("row_swap", GaloisKeys.rowSwapElement(degree: degree), vector.rowSwap)
    try VectorCheck.equal(
      "packing", GaloisKeys.packingElements(degree: degree).sorted(), vector.packing)
    for sum in vector.blockSums {
      try VectorCheck.equal(
        "block_sums of \(sum.size)",
        GaloisKeys.blockSumElements(upTo: sum.size, degree: degree).sorted(), sum.elements)
    }
  }
}
