import Foundation
import Locking

/// One line on standard error that tells how far a long work is; nothing unless that is a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var started: ContinuousClock.Instant?
    var doneAtStart = 0
    var shown: ContinuousClock.Instant?
    var isVisible = false
  }

  private let unit: String
  private let isEnabled: Bool
  private let state = Locked(State())
  private static let interval = Duration.milliseconds(100)

  /// - Parameter unit: what is counted, such as `records`.
  init(unit: String) {
    self.unit = unit
    isEnabled = isatty(STDERR_FILENO) == 1
  }

  /// Shows the state of the work; calls come from any task.
  func update(done: Int, of total: Int) {
    guard isEnabled, total > 0 else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard let started = state.started else {
        state.started = now
        state.doneAtStart = done
        return
      }
      if let shown = state.shown, now - shown < ProgressLine.interval { return }
      state.shown = now
      state.isVisible = true
      let line = ProgressLine.text(
        done: done, total: total, since: done - state.doneAtStart,
        seconds: FigureText.seconds(now - started), unit: unit)
      StandardStreams.writeNote("\r\(line)\u{1B}[K")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      guard state.isVisible else { return }
      state.isVisible = false
      StandardStreams.writeNote("\r\u{1B}[K")
    }
  }

  /// - Parameter since: how many were done in `seconds`; work of an earlier run is not counted.
  static func text(done: Int, total: Int, since: Int, seconds: Double, unit: String) -> String {
    let percent = Int(Double(done) / Double(total) * 100)
    var line =
      "\(FigureText.count(done)) of \(FigureText.count(total)) \(unit), \(percent)%"
    guard since > 0, seconds > 0 else { return line }
    let rate = Double(since) / seconds
    let left = Duration.seconds(Double(max(0, total - done)) / rate)
    let shownRate =
      rate >= 10 ? FigureText.count(Int(rate)) : "\(Int(rate)).\(Int(rate * 10) % 10)"
    line += ", \(shownRate) \(unit)/s, \(FigureText.duration(left)) left"
    return line
  }
}
