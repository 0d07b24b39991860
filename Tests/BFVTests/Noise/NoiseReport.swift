#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far measured noise stayed below its bound, in bits, by kind of operation.
struct NoiseReport {
  private var distances: [NoiseOperation: [Double]] = [:]
  /// Circuits whose bound says that they decrypt, and whose slots were compared.
  var decrypted = 0

  mutating func record(_ operation: NoiseOperation, distance: Double) {
    distances[operation, default: []].append(distance)
  }

  /// Circuits that end in totals, whose noise decryption itself holds against its margin.
  var extracted = 0

  private var count: Int { distances.values.reduce(extracted) { $0 + $1.count } }

  /// The operations in order, with the number of circuits that end in them, the smallest and the
  /// median distance.
  var rows: [(operation: NoiseOperation, count: Int, smallest: Double, median: Double)] {
    NoiseOperation.allCases.compactMap { operation in
      guard let sorted = distances[operation]?.sorted(), !sorted.isEmpty else { return nil }
      return (operation, sorted.count, sorted[0], sorted[sorted.count / 2])
    }
  }

  /// A table, one operation a line.
  func text(title: String) -> String {
    let lines = rows.map { row in
      "| \(row.operation.rawValue) | \(row.count) | \(NoiseReport.figure(row.smallest)) | "
        + "\(NoiseReport.figure(row.median)) |"
    }
    return
      ([
        "\(title): \(count) circuits, \(decrypted) compared slot by slot, \(extracted) totals"
      ] + lines).joined(separator: "\n")
  }

  private static func figure(_ bits: Double) -> String {
    let tenths = Int((bits * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
