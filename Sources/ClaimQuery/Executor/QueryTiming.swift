import Locking

/// Where the time of a query goes, added up over the threads that worked on it.
public final class QueryTiming: Sendable {
  /// The parts of the work.
  public enum Stage: Int, CaseIterable, Sendable {
    /// Reading ciphertexts from the tables: the file, the digest's check, unpacking.
    case reading
    /// Sums and products over the chunks.
    case arithmetic
    /// What is done once for a total: scaling, relinearization, packing, flooding.
    case finishing
  }

  private let durations = Locked([Duration](repeating: .zero, count: Stage.allCases.count))

  /// Nothing measured yet.
  public init() {}

  /// The time spent in a stage.
  public func duration(of stage: Stage) -> Duration { durations.withLock { $0[stage.rawValue] } }

  func add(_ duration: Duration, to stage: Stage) {
    durations.withLock { $0[stage.rawValue] += duration }
  }

  /// Runs `body` and counts its time.
  func measure<Result, Failure: Error>(
    _ stage: Stage, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = ContinuousClock.now
    defer { add(ContinuousClock.now - start, to: stage) }
    return try body()
  }
}
