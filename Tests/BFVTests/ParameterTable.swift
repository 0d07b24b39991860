import BFV
import Foundation

/// What the named sets hold, as the README tells it.
struct ParameterTable {
  static let header = [
    "| set | slots | sums within | depth, decrypted whole | records so | depth, flooded totals "
      + "| records so | bytes a record and column | modulus bits of those allowed |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ]

  /// A line for each set.
  static func lines() throws -> [String] {
    try NamedParameters.allCases.map { name in
      let parameters = try EncryptionParameters.named(name)
      let model = NoiseModel(parameters)
      let whole = deepest(model, parameters) { workload in
        model.decrypts(model.sum(of: workload), level: model.topLevel)
      }
      let flooded = deepest(model, parameters) { workload in
        model.admitsTotal(model.deepestTotal(of: workload), level: model.topLevel)
      }
      // Two parts, each residue packed to its prime's bits.
      let bits = parameters.ciphertextModuli.reduce(0) {
        $0 + 2 * (UInt64.bitWidth - $1.leadingZeroBitCount)
      }
      let limit = SecurityTable.maximumModulusBits(degree: parameters.degree) ?? 0
      let sumBits = UInt64.bitWidth - (parameters.plaintextModulus / 2).leadingZeroBitCount - 1
      return
        "| `\(name.rawValue)` | \(parameters.degree.formatted(.number.locale(.init(identifier: "en_US")))) "
        + "| ±2^\(sumBits) | \(whole) | \(flooded) | "
        + "\(Double(bits) / 8 == Double(bits / 8) ? "\(bits / 8)" : "\(Double(bits) / 8)") "
        + "| \(Int(parameters.log2Modulus.rounded(.up))) of \(limit) |"
    }
  }

  /// The largest depth at which one record column's sum is admitted, and up to how many records: two
  /// cells.
  private static func deepest(
    _ model: NoiseModel, _ parameters: EncryptionParameters, _ admits: (Workload) -> Bool
  ) -> String {
    func workload(depth: Int, chunks: Int) -> Workload {
      Workload(
        plaintextBound: parameters.plaintextModulus, depth: depth, additionsPerFactor: 1,
        additionsPerLevel: 1, additionsPerTotal: chunks, plaintextProducts: 0, totals: 1)
    }
    guard let depth = (0...30).last(where: { admits(workload(depth: $0, chunks: 1)) }) else {
      return "none | none"
    }
    let degreeBits = parameters.degree.trailingZeroBitCount
    let chunkBits =
      (0...(40 - degreeBits)).last { admits(workload(depth: depth, chunks: 1 << $0)) } ?? 0
    let records = degreeBits + chunkBits
    return "\(depth) | 2^\(records)\(records == 40 ? " or more" : "")"
  }
}

extension NoiseModel {
  /// The noise of the deepest sum of the workload before it is packed and flooded.
  fileprivate func sum(of workload: Workload) -> NoiseBound {
    var noise = fresh.times(Double(workload.additionsPerFactor))
    for _ in 0..<workload.depth {
      noise = product(noise, noise, level: topLevel) + keySwitch(level: topLevel)
    }
    return noise.times(Double(workload.additionsPerTotal))
  }
}
