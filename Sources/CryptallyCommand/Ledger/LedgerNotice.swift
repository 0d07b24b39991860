/// What is said of a ledger beside the result.
enum LedgerNotice {
  /// Tells of an entry that a crash left unfinished.
  static func tornBytes(_ count: Int, of path: String) {
    guard count > 0 else { return }
    StandardStreams.report(
      "\(path): \(FigureText.bytes(count)) at its end are an entry that was never finished; its "
        + "answer was not shown, and it does not count")
  }
}
