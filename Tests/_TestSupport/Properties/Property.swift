/// A law that must hold for every value that a generator makes.
///
///     try Property("addition commutes") { choices in
///       (choices.integer(in: Int32.min...Int32.max), choices.integer(in: Int32.min...Int32.max))
///     } holds: { a, b in
///       try agree(a &+ b, b &+ a, "a + b")
///     }.check()
public struct Property<Value> {
  let law: String
  private let runs: Int
  private let generate: (inout Choices) throws -> Value
  private let holds: (Value) throws -> Void

  /// - Parameters:
  ///   - law: what is claimed, for the message.
  ///   - runs: how many values to try unless the settings say more.
  ///   - generate: makes a value; throws `Discarded` where the choices give none.
  ///   - holds: throws where the law is broken, as ``agree(_:_:_:)`` and ``hold(_:_:)`` do, or
  ///     `Discarded` where the law says nothing of the value.
  public init(
    _ law: String, runs: Int = 200, _ generate: @escaping (inout Choices) throws -> Value,
    holds: @escaping (Value) throws -> Void
  ) {
    self.law = law
    self.runs = runs
    self.generate = generate
    self.holds = holds
  }

  /// Tries the law.
  ///
  /// - Throws: the simplest ``Counterexample`` that was found, or ``TooManyDiscarded``.
  public func check(_ settings: PropertySettings = .fromEnvironment) throws {
    if let (_, counterexample) = try search(settings) { throw counterexample }
  }

  /// The simplest value for which the law was found not to hold, nil where its generator failed.
  ///
  /// - Throws: ``TooManyDiscarded``.
  package func search(
    _ settings: PropertySettings
  ) throws -> (value: Value?, counterexample: Counterexample)? {
    let wanted = settings.runs(runs)
    var (held, tried) = (0, 0)
    while held < wanted {
      let seed = settings.seed(run: tried)
      let attempt = attempt(Choices(seed: seed))
      tried += 1
      switch attempt.outcome {
      case .held: held += 1
      case .discarded:
        guard tried < 10 * wanted + 100 else {
          throw TooManyDiscarded(law: law, held: held, tried: tried)
        }
      case .broken:
        return simplest(attempt, run: tried, seed: seed)
      }
    }
    return nil
  }

  private func simplest(
    _ attempt: Attempt<Value>, run: Int, seed: UInt64
  ) -> (value: Value?, counterexample: Counterexample)? {
    var shrinker = Shrinker(attempt) { self.attempt(Choices(replaying: $0)) }
    shrinker.shrink()
    guard case .broken(let reason) = shrinker.simplest.outcome else { return nil }
    let value = shrinker.simplest.value
    return (
      value,
      Counterexample(
        law: law, value: value.map { String(describing: $0) }, reason: reason, seed: seed,
        run: run, attempts: shrinker.attempts)
    )
  }

  private func attempt(_ choices: Choices) -> Attempt<Value> {
    var choices = choices
    var value: Value?
    var outcome = Attempt<Value>.Outcome.held
    do {
      let made = try generate(&choices)
      value = made
      try holds(made)
    } catch is Discarded {
      outcome = .discarded
    } catch {
      outcome = .broken(error)
    }
    return Attempt(
      choices: choices.recorded, spans: choices.spans, value: value, outcome: outcome)
  }
}

/// What became of one sequence of choices.
struct Attempt<Value> {
  enum Outcome {
    case held
    case discarded
    case broken(any Error)
  }

  let choices: [UInt64]
  let spans: [Choices.Span]
  /// Nil where the generator itself failed.
  let value: Value?
  let outcome: Outcome
}
