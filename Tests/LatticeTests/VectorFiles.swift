import Lattice
import Testing
import _TestSupport

/// The files in Vectors/lattice, as the generator writes them. Residues are hexadecimal.
enum VectorFiles {
  struct Reduction: Decodable, Sendable {
    let q: String
    let ratio: String
    let a: [String]
    let b: [String]
    let c: [String]
    let sum: [String]
    let difference: [String]
    let negation: [String]
    let product: [String]
    let productAdded: [String]
    let constant: String
    let constantQuotient: String
    let constantProduct: [String]
    let differenceProduct: [String]
    let foreignModulus: String
    let foreign: [String]
    let foreignCentred: [String]
  }

  struct Transform: Decodable, Sendable {
    struct Pair: Decodable, Sendable {
      let coefficients: [String]
      let evaluations: [String]
    }
    let degree: Int
    let bits: Int
    let q: String
    let root: String
    let transforms: [Pair]
  }

  struct Conversion: Decodable, Sendable {
    let name: String
    let degree: Int
    let source: [String]
    let target: [String]
    let factor: String
    let residues: [[String]]
    let converted: [[String]]
  }

  struct Division: Decodable, Sendable {
    let name: String
    let degree: Int
    let moduli: [String]
    let residues: [[String]]
    let quotients: [[String]]
  }

  struct Sampling: Decodable, Sendable {
    struct Binomial: Decodable, Sendable {
      let bytes: String
      let coefficients: [Int8]
    }
    struct Ternary: Decodable, Sendable {
      let degree: Int
      let bytes: String
      let coefficients: [Int8]
    }
    struct Uniform: Decodable, Sendable {
      let degree: Int
      let moduli: [String]
      let bytes: String
      let residues: [[String]]
    }
    let centredBinomial: [Binomial]
    let ternary: [Ternary]
    let uniform: [Uniform]
  }

  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try readVectors(type, from: "lattice/\(name).json")
  }

  static func basis(degree: Int, _ moduli: [String]) throws -> RNSBasis {
    try RNSBasis(
      plans: words(hexadecimal: moduli).map {
        try NTTPlan(degree: degree, modulus: Modulus($0))
      })
  }

  /// Limb after limb.
  static func residues(_ limbs: [[String]]) throws -> [UInt64] {
    try limbs.flatMap { try words(hexadecimal: $0) }
  }
}
