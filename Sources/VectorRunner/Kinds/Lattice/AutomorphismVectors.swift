import Lattice

/// Automorphisms, which permute values.
struct AutomorphismVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let element: Int
    let coefficients: PolynomialOperand
    let image: PolynomialOutcome
    let imageValues: PolynomialOutcome
  }

  static let name = "lattice.automorphism"

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    let permutation = try GaloisPermutation(vectorElement: vector.element, degree: basis.degree)
    let values = try vector.coefficients.polynomial(basis, field: "coefficients").evaluation()
    let image = values.permuted(permutation)
    try vector.imageValues.check("image_values", image)
    try vector.image.check("image", image.coefficients())
  }
}

extension GaloisPermutation {
  /// - Throws: ``MalformedVector`` unless the element is odd and below twice the degree.
  init(vectorElement element: Int, degree: Int) throws(MalformedVector) {
    guard (1..<2 * degree).contains(element), element & 1 == 1 else {
      throw MalformedVector("element", "not odd, or not from 1 to \(2 * degree - 1)")
    }
    self.init(element: element, degree: degree)
  }
}
