import BFV

/// The parameters that a workload, or a name, stands for.
struct DerivationVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    struct WorkloadFields: Decodable, Sendable {
      let plaintextBound: HexWord
      let depth: Int
      let additionsPerFactor: Int
      let additionsPerLevel: Int
      let additionsPerTotal: Int
      let plaintextProducts: Int
      let totals: Int

      var workload: Workload {
        Workload(
          plaintextBound: plaintextBound.value, depth: depth,
          additionsPerFactor: additionsPerFactor, additionsPerLevel: additionsPerLevel,
          additionsPerTotal: additionsPerTotal, plaintextProducts: plaintextProducts,
          totals: totals)
      }
    }

    /// A named set.
    let set: String?
    let workload: WorkloadFields?
    /// The ring without security that is to hold the workload.
    let testingDegree: Int?
    let parameters: BFVParameterFields?
    let fingerprint: HexBytes?
  }

  static let name = "bfv.derivation"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let found = try derived(vector)
    if let parameters = vector.parameters { try parameters.check(found) }
    if let fingerprint = vector.fingerprint {
      try VectorCheck.equal("fingerprint", found.fingerprint.bytes, fingerprint)
    }
  }

  private func derived(_ vector: Case) throws -> EncryptionParameters {
    if let set = vector.set {
      guard let name = NamedParameters(rawValue: set) else {
        throw VectorMismatch(field: "set", expected: set, found: "no such name")
      }
      return try .named(name)
    }
    guard let workload = vector.workload?.workload else {
      throw VectorMismatch(field: "workload", expected: "one, or a set", found: "none")
    }
    if let degree = vector.testingDegree {
      return try .deriveInsecureForTesting(for: workload, degree: degree)
    }
    return try .derive(for: workload)
  }
}
