import _TestSupport

/// Residues with the edges at which reductions go wrong.
enum ResiduePattern: CaseIterable {
  case zeros
  case ones
  case largest
  case alternating
  case onlyFirst
  case onlyLast
  case extremes
  case random

  func residues(
    _ count: Int, below q: UInt64, using generator: inout SeededGenerator
  ) -> [UInt64] {
    switch self {
    case .zeros: [UInt64](repeating: 0, count: count)
    case .ones: [UInt64](repeating: 1 % q, count: count)
    case .largest: [UInt64](repeating: q - 1, count: count)
    case .alternating: (0..<count).map { $0.isMultiple(of: 2) ? 0 : q - 1 }
    case .onlyFirst: (0..<count).map { $0 == 0 ? q - 1 : 0 }
    case .onlyLast: (0..<count).map { $0 == count - 1 ? q - 1 : 0 }
    case .extremes: (0..<count).map { _ in generator.next() & 1 == 0 ? 0 : q - 1 }
    case .random: (0..<count).map { _ in generator.next() % q }
    }
  }

  /// What a second operand follows: the same edge where both at once are the worst, else another.
  var partner: ResiduePattern {
    switch self {
    case .zeros, .ones: .random
    case .largest: .largest
    case .alternating: .extremes
    case .onlyFirst, .onlyLast: .largest
    case .extremes: .extremes
    case .random: .random
    }
  }
}
