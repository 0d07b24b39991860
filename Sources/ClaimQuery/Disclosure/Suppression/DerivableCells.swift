import BigInteger

/// What follows from shown cells of one row by adding and subtracting.
///
/// The conditions of a row's cells part its records into atoms: records that meet the same conditions. A
/// cell is a sum over some of the atoms. Another cell follows from shown ones exactly when its set of atoms
/// is a linear combination of theirs, which elimination over the rationals decides.
package struct DerivableCells: Sendable {
  /// A combination of shown cells with zeros at the leading atoms of those before it.
  struct Combination {
    let lead: Int
    let entries: [BigInteger]
    /// The same combination of the shown values.
    let value: BigInteger
  }

  private var rows: [Combination] = []
  private let atomCount: Int

  /// More atoms than this are not taken apart: whoever asks withholds instead.
  package static let atomLimit = 64

  /// The limit for an answer of few rows, which has time for more: eight flags side by side.
  package static let fewRowsAtomLimit = 256

  /// Nothing is shown yet.
  package init(atomCount: Int) { self.atomCount = atomCount }

  /// Shows a cell. What follows already changes nothing.
  ///
  /// - Parameters:
  ///   - atoms: for each atom whether the cell is over it.
  ///   - value: what the cell shows.
  package mutating func show(_ atoms: [Bool], value: BigInteger) {
    let rest = remainder(of: atoms)
    guard let lead = rest.entries.firstIndex(where: { !$0.isZero }) else { return }
    rows.append(
      Combination(lead: lead, entries: rest.entries, value: rest.scale * value - rest.known))
  }

  /// Whether a cell follows from those that are shown. The empty sum always does.
  package func follows(_ atoms: [Bool]) -> Bool {
    remainder(of: atoms).entries.allSatisfy(\.isZero)
  }

  /// The value of a cell that follows; nil when it does not, or is no whole number.
  package func value(of atoms: [Bool]) -> BigInteger? {
    let rest = remainder(of: atoms)
    guard rest.entries.allSatisfy(\.isZero) else { return nil }
    let isNegative = rest.scale.signum < 0
    guard
      let (value, fraction) = (isNegative ? -rest.known : rest.known).quotientAndRemainder(
        dividingBy: isNegative ? -rest.scale : rest.scale), fraction.isZero
    else { return nil }
    return value
  }

  /// `scale` times a cell, less shown cells of the value `known`, is `entries`.
  private struct Remainder {
    var entries: [BigInteger]
    var scale: BigInteger = 1
    var known: BigInteger = 0

    /// Clears the leading atom of a row.
    mutating func clear(_ row: Combination) {
      let (own, others) = (entries[row.lead], row.entries[row.lead])
      for index in entries.indices {
        entries[index] = entries[index] * others - row.entries[index] * own
      }
      scale *= others
      known = known * others + row.value * own
      lower()
    }

    /// Divides by what all numbers have in common, so that they stay small.
    private mutating func lower() {
      var common = scale.greatestCommonDivisor(with: known)
      for entry in entries where common != 1 { common = common.greatestCommonDivisor(with: entry) }
      guard common > 1 else { return }
      func lowered(_ number: BigInteger) -> BigInteger {
        number.quotientAndRemainder(dividingBy: common)?.quotient ?? number
      }
      entries = entries.map(lowered)
      scale = lowered(scale)
      known = lowered(known)
    }
  }

  /// The combinations with zeros at all leading atoms but their own.
  var reduced: [Combination] {
    rows.indices.map { index in
      var rest = Remainder(entries: rows[index].entries, known: -rows[index].value)
      for row in rows.dropFirst(index + 1) where !rest.entries[row.lead].isZero { rest.clear(row) }
      return Combination(lead: rows[index].lead, entries: rest.entries, value: -rest.known)
    }
  }

  private func remainder(of atoms: [Bool]) -> Remainder {
    var rest = Remainder(
      entries: (0..<atomCount).map { atoms.indices.contains($0) && atoms[$0] ? 1 : 0 })
    // A row has zeros at the leads of the rows before it, so clearing in order keeps what was cleared.
    for row in rows where !rest.entries[row.lead].isZero { rest.clear(row) }
    return rest
  }
}
