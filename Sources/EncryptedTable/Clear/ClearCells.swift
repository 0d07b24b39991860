/// The cells of one clear column over a run of slots: the distinct values once, and a code for each
/// slot. A predicate is decided once for each value, not once for each record.
package struct ClearCells: Hashable, Sendable {
  /// The distinct values, ascending by their bytes.
  package private(set) var values: [String]
  /// For each slot 0 for NULL, or the index in `values` and 1.
  package private(set) var codes: [UInt32]

  /// The most bytes of one cell.
  package static let maximumCellByteCount = 1 << 20

  package init(_ cells: [String?]) {
    self.init(distinct: Set(cells.lazy.compactMap { $0.map(ExactText.init) })) { code in
      cells.map { cell in cell.map { code[ExactText($0)] ?? 0 } ?? 0 }
    }
  }

  /// The cells of several runs of slots, one after the other.
  package init(joining segments: [ClearCells]) {
    if segments.count == 1, let only = segments.first {
      self = only
      return
    }
    self.init(distinct: Set(segments.lazy.flatMap { $0.values.map(ExactText.init) })) { code in
      segments.flatMap { segment in
        let translation = [0] + segment.values.map { code[ExactText($0)] ?? 0 }
        return segment.codes.map { translation[Int($0)] }
      }
    }
  }

  /// Unchecked: values distinct and ascending, no code above their count.
  init(values: [String], codes: [UInt32]) {
    self.values = values
    self.codes = codes
  }

  private init(distinct: Set<ExactText>, codes: ([ExactText: UInt32]) -> [UInt32]) {
    let ordered = distinct.sorted()
    values = ordered.map(\.text)
    var code: [ExactText: UInt32] = [:]
    for (index, value) in ordered.enumerated() { code[value] = UInt32(clamping: index + 1) }
    self.codes = codes(code)
  }

  /// The number of slots.
  package var count: Int { codes.count }

  /// The cell of a slot, counted from the first of the run; nil for NULL.
  package subscript(slot: Int) -> String? {
    let code = Int(codes[slot])
    return code == 0 ? nil : values[code - 1]
  }
}
