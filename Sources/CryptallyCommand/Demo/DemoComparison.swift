import Cryptally
import Foundation
import PlaintextOracle

/// An opened answer beside the same query's answer on the plaintext.
struct DemoComparison {
  private let answer: Answer
  private let truth: [[PlaintextOracle.Value]?]
  /// Shown cells that differ, and rows that only one side has.
  let differences: Int

  /// Rows are matched by their keys; the two sides may have them in different orders.
  init(_ answer: Answer, truth rows: [[PlaintextOracle.Value]]) {
    self.answer = answer
    let keyed = answer.rows.map { row in rows.first { DemoComparison.haveSameKeys(row, $0) } }
    truth = keyed
    var differences = abs(rows.count - answer.rows.count)
    for (row, truth) in zip(answer.rows, keyed) {
      for (index, cell) in row.enumerated() where cell != .withheld {
        guard let truth, truth.indices.contains(index), cell.isEqual(to: truth[index]) else {
          differences += 1
          continue
        }
      }
    }
    self.differences = differences
  }

  private static func haveSameKeys(_ row: [AnswerCell], _ truth: [PlaintextOracle.Value]) -> Bool {
    zip(row, truth).allSatisfy { cell, value in !cell.isText || cell.isEqual(to: value) }
  }

  var lines: [String] {
    var header: [String] = []
    var alignments: [TextTable.Alignment] = []
    for (index, label) in answer.columns.enumerated() {
      let isKey = isKey(index)
      header += isKey ? [label] : [label, "plaintext"]
      alignments += isKey ? [.left] : [.right, .right]
    }
    var table = TextTable(alignments, indentation: 2)
    table.add(row: header)
    table.addRule()
    for (row, truth) in zip(answer.rows, truth) { table.add(row: fields(row, truth)) }
    return table.lines + notes
  }

  private func fields(_ row: [AnswerCell], _ truth: [PlaintextOracle.Value]?) -> [String] {
    row.enumerated().flatMap { index, cell -> [String] in
      if isKey(index) { return [cell.shown] }
      let value = truth.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      return [cell.shown, value.map { $0.text(like: cell) } ?? "missing"]
    }
  }

  private func isKey(_ column: Int) -> Bool {
    answer.rows.contains { $0.indices.contains(column) && $0[column].isText }
  }

  private var notes: [String] {
    var notes: [String] = []
    if !answer.withheld.isEmpty {
      notes.append(
        "  withheld: over 1 to \(answer.minimumCohort - 1) records, or differs by so few from "
          + "another count of its row")
    }
    notes.append(
      differences == 0
        ? "  every number shown equals the plaintext's"
        : "  DIFFERS in \(FigureText.count(differences, "cell"))")
    return notes
  }
}

extension AnswerCell {
  fileprivate var shown: String {
    switch self {
    case .withheld: "withheld"
    case .value: text ?? "NULL"
    }
  }

  /// Whether it is a group's key: nothing else in the demonstration's queries is text.
  fileprivate var isText: Bool {
    switch self {
    case .value(.text), .value(.date): true
    case .value, .withheld: false
    }
  }

  /// Whole numbers and amounts are compared exactly, at the cell's scale; means up to the rounding of
  /// binary fractions.
  fileprivate func isEqual(to value: PlaintextOracle.Value) -> Bool {
    guard case .value(let cell) = self else { return false }
    switch (cell, value) {
    case (.null, .null): return true
    case (.text(let text), .text(let other)), (.date(let text), .text(let other)):
      return text == other
    case (.text(let text), .integer(let number)): return text == String(number)
    case (.integer(let integer), .integer(let number)): return integer == number
    case (.numeric(let numeric), .integer(let number)):
      return Double(numeric.text) == Double(number)
    case (.numeric(let numeric), .real(let real)):
      let tolerance = numeric.scale <= 2 ? 0.001 : 1e-9 * max(1, abs(real))
      return Double(numeric.text).map { abs($0 - real) <= tolerance } ?? false
    default: return false
    }
  }
}

extension PlaintextOracle.Value {
  /// The value with as many decimals as the cell beside it has, but no more than it is exact to.
  fileprivate func text(like cell: AnswerCell) -> String {
    switch self {
    case .null: return "NULL"
    case .integer(let number): return String(number)
    case .text(let text): return text
    case .real(let real):
      var decimals = 2
      if let shown = cell.text {
        decimals = min(8, shown.split(separator: ".").dropFirst().first?.count ?? 0)
      }
      return String(format: "%.\(decimals)f", real)
    }
  }
}
