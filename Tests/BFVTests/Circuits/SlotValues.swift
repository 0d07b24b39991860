import BFV
import Lattice

/// Slots as residues modulo t, and on them what the evaluator does on ciphertexts.
struct SlotValues: Equatable {
  var residues: [UInt64]
  let modulus: Modulus

  init(_ residues: [UInt64], _ modulus: Modulus) {
    self.residues = residues
    self.modulus = modulus
  }

  /// Every slot within ±(t − 1)/2, as the encoder takes them.
  var centred: [Int64] {
    residues.map {
      $0 > modulus.value / 2 ? Int64($0) - Int64(modulus.value) : Int64($0)
    }
  }

  func combined(
    with other: SlotValues, _ body: (Modulus, UInt64, UInt64) -> UInt64
  ) -> SlotValues {
    SlotValues(zip(residues, other.residues).map { body(modulus, $0, $1) }, modulus)
  }

  static func + (a: SlotValues, b: SlotValues) -> SlotValues {
    a.combined(with: b) { $0.add($1, $2) }
  }

  static func - (a: SlotValues, b: SlotValues) -> SlotValues {
    a.combined(with: b) { $0.subtract($1, $2) }
  }

  static func * (a: SlotValues, b: SlotValues) -> SlotValues {
    a.combined(with: b) { $0.multiply($1, $2) }
  }

  func times(_ weight: Int64) -> SlotValues {
    let factor = modulus.reduce(weight)
    return SlotValues(residues.map { modulus.multiply($0, factor) }, modulus)
  }

  /// Both rows `steps` to the left.
  func rotated(by steps: Int) -> SlotValues {
    let row = residues.count / 2
    return SlotValues(
      residues.indices.map { residues[$0 / row * row + ($0 + steps) % row] }, modulus)
  }

  var withRowsSwapped: SlotValues {
    let row = residues.count / 2
    return SlotValues(Array(residues[row...] + residues[..<row]), modulus)
  }

  /// Slot i with those that follow it in its row, `blockSize` together.
  func blockSums(_ blockSize: Int) -> SlotValues {
    var sums = self
    var steps = 1
    while steps < blockSize {
      sums = sums + sums.rotated(by: steps)
      steps *= 2
    }
    return sums
  }

  var total: UInt64 { residues.reduce(0) { modulus.add($0, $1) } }

  /// The total over N: the constant coefficient of the plaintext.
  var mean: UInt64 {
    modulus.multiply(total, modulus.inverse(UInt64(residues.count)))
  }

  func filled(with residue: UInt64) -> SlotValues {
    SlotValues(Array(repeating: residue, count: residues.count), modulus)
  }
}

extension SlotValues: CustomStringConvertible {
  /// The first slots, which are all that counterexamples have.
  var description: String {
    let first = centred.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return residues.count > 8 ? "[\(first), …]" : "[\(first)]"
  }
}
