import CLatticeKernels
import Lattice

/// Arithmetic on residues, by the kernels and one by one.
struct ArithmeticVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexWord
  }

  struct Case: Decodable, Sendable {
    let a: [HexWord]
    let b: [HexWord]
    let c: [HexWord]
    let constant: HexWord
    let sum: [HexWord]
    let difference: [HexWord]
    let negation: [HexWord]
    let product: [HexWord]
    let productAdded: [HexWord]
    let constantQuotient: HexWord
    let constantProduct: [HexWord]
    let differenceProduct: [HexWord]
  }

  static let name = "lattice.arithmetic"

  private let modulus: Modulus

  init(_ group: Group) throws { modulus = try Modulus(group.modulus.value) }

  func run(_ vector: Case) throws {
    let (a, b, c) = (vector.a.values, vector.b.values, vector.c.values)
    for (field, operand) in [("a", a), ("b", b), ("c", c), ("constant", [vector.constant.value])] {
      try operand.check(below: modulus.value, field: field)
    }
    try b.check(count: a.count, field: "b")
    try c.check(count: a.count, field: "c")
    try runKernels(vector, a, b, c)
    try runSingly(vector, a, b)
  }

  private func runKernels(_ vector: Case, _ a: [UInt64], _ b: [UInt64], _ c: [UInt64]) throws {
    let (kernels, count, q) = (ResidueKernel.active, a.count, modulus.value)
    var barrett = modulus.kernelModulus
    let constant = modulus.constant(vector.constant.value)
    try VectorCheck.equal("constant_quotient", constant.quotient, vector.constantQuotient.value)
    func check(
      _ field: String, _ expected: [HexWord], _ kernel: (UnsafeMutablePointer<UInt64>) -> Void
    ) throws {
      try VectorCheck.equal(field, ResidueKernel.output(count: count, kernel), expected)
    }
    try check("sum", vector.sum) { kernels.add($0, a, b, count, q) }
    try check("difference", vector.difference) { kernels.subtract($0, a, b, count, q) }
    try check("negation", vector.negation) { kernels.negate($0, a, count, q) }
    try check("product", vector.product) { kernels.multiply($0, a, b, count, &barrett) }
    try check("product_added", vector.productAdded) { out in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          kernels.inner_product(out, c, [a.baseAddress], [b.baseAddress], 1, count, &barrett)
        }
      }
    }
    try check("constant_product", vector.constantProduct) {
      kernels.multiply_constant($0, a, constant, count, q)
    }
    try check("difference_product", vector.differenceProduct) {
      kernels.subtract_multiply_constant($0, a, b, constant, count, q)
    }
  }

  private func runSingly(_ vector: Case, _ a: [UInt64], _ b: [UInt64]) throws {
    let pairs = zip(a, b)
    try VectorCheck.equal("sum", pairs.map { modulus.add($0, $1) }, vector.sum)
    try VectorCheck.equal(
      "difference", pairs.map { modulus.subtract($0, $1) }, vector.difference)
    try VectorCheck.equal("negation", a.map { modulus.negate($0) }, vector.negation)
    try VectorCheck.equal("product", pairs.map { modulus.multiply($0, $1) }, vector.product)
  }
}
