import Cryptally
import Foundation

/// What a query's lattice totals will cost, with a time for this machine.
struct CostReport {
  private let plan: Plan
  private let layout: TableLayout
  private let chunks: Int?

  /// - Parameter chunks: of all tables; nil where there is no table yet, and full capacity is meant.
  init(_ plan: Plan, layout: TableLayout, chunks: Int?) {
    self.plan = plan
    self.layout = layout
    self.chunks = chunks
  }

  /// - Throws: `ParameterError`, `QueryError`, `EvaluationError`.
  func print() throws {
    guard let parameters = layout.parameters, plan.totals.contains(where: \.isLattice) else {
      return
    }
    let full = (layout.schema.capacity - 1) / parameters.degree + 1
    let cost = try PlanCost(plan, layout: layout, chunks: max(1, chunks ?? full))
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let time = try MachineSpeed(parameters).duration(of: cost) / threads
    let isGrouped = plan.groupColumns.contains(where: \.isClear)
    StandardStreams.print()
    StandardStreams.print(chunks == nil ? "Work, at full capacity" : "Work")
    var table = TextTable(indentation: 2)
    table.add("totals", FigureText.count(cost.totals) + (isGrouped ? " for each clear group" : ""))
    table.add(
      "operations",
      "\(FigureText.count(cost.additions, "column")) added, "
        + "\(FigureText.count(cost.multiplications, "product")) in conditions, "
        + "\(FigureText.count(cost.accumulatedProducts)) accumulated, "
        + "\(FigureText.count(cost.keySwitches)) scaled and key-switched at the end")
    table.add("answer", "about \(FigureText.bytes(cost.answerByteCount))")
    if let bits = cost.noiseBitsLeft {
      table.add(
        "noise",
        bits >= 0
          ? "\(FigureText.count(bits, "bit")) left at the end" : "too much: the query is refused")
    }
    table.add(
      "time",
      "about \(FigureText.duration(time)) of arithmetic on this machine's "
        + FigureText.count(threads, "thread") + ", reading not counted")
    StandardStreams.print(table)
  }
}
