/// A law that does not hold, with a value for which it does not, as simple as it could be made.
public struct Counterexample: Error, CustomStringConvertible {
  package let law: String
  /// Nil where the generator failed.
  package let value: String?
  /// What was thrown for the value.
  package let reason: any Error
  /// The seed of the run that found it.
  package let seed: UInt64
  package let run: Int
  package let attempts: Int

  /// The law, the value, the reason and how to see it again.
  public var description: String {
    """
    falsified in run \(run), shrunk in \(attempts) attempts: \(law)
    value: \(value ?? "none, the generator failed")
    reason: \(reason)
    repeat with \(PropertySettings.seedVariable)=\(seed)
    """
  }
}

/// So many values were discarded that the law was hardly tried.
public struct TooManyDiscarded: Error, CustomStringConvertible {
  let law: String
  let held: Int
  let tried: Int

  /// How many values were left.
  public var description: String { "only \(held) of \(tried) values were not discarded: \(law)" }
}

/// The choices give no value that the law speaks of.
public struct Discarded: Error {
  /// Says so.
  public init() {}
}

/// A law that is broken.
public struct BrokenLaw: Error, CustomStringConvertible {
  /// What is not as it must be.
  public let description: String

  /// - Parameter description: what is not as it must be.
  public init(_ description: String) { self.description = description }
}

/// Throws ``BrokenLaw`` with both values unless they are equal.
public func agree<Value: Equatable>(
  _ found: Value, _ expected: Value, _ what: @autoclosure () -> String
) throws {
  guard found != expected else { return }
  throw BrokenLaw("\(what()): \(found), expected \(expected)")
}

/// Throws ``BrokenLaw`` unless the condition is true.
public func hold(_ condition: Bool, _ what: @autoclosure () -> String) throws {
  guard condition else { throw BrokenLaw(what()) }
}

/// The value; throws ``BrokenLaw`` where there is none.
public func present<Value>(
  _ value: Value?, _ what: @autoclosure () -> String
) throws -> Value {
  guard let value else { throw BrokenLaw("\(what()) is missing") }
  return value
}

/// Throws ``Discarded`` unless the condition is true.
public func assume(_ condition: Bool) throws {
  guard condition else { throw Discarded() }
}
