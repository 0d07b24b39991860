import GRDBSQLite

/// Ends statements that take too long, and those of a task that was cancelled.
final class StepBudget {
  /// The steps of SQLite's machine that are left.
  private var remaining = Int.max
  private(set) var isCancelled = false

  var isExhausted: Bool { remaining <= 0 }

  /// How many steps lie between two looks at the budget.
  private static let stride = 1000

  /// Starts again, with so many steps.
  func reset(to steps: Int) {
    remaining = steps
    isCancelled = false
  }

  func install(on handle: OpaquePointer) {
    sqlite3_progress_handler(
      handle, Int32(StepBudget.stride),
      { context in
        guard let context else { return 1 }
        return Unmanaged<StepBudget>.fromOpaque(context).takeUnretainedValue().spend() ? 0 : 1
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func spend() -> Bool {
    if Task.isCancelled { isCancelled = true }
    remaining -= StepBudget.stride
    return remaining > 0 && !isCancelled
  }
}
