/// What is done with an input of one decoder: it is decoded, and what comes out of it must be the same
/// when it was written and decoded again.
///
/// Fuzzing makes the inputs; those that a check once did not pass are vectors of the kind
/// `format.decoder`.
package protocol DecoderCheck: Sendable {
  /// Such as `wire.envelope`.
  static var name: String { get }
  /// The errors by which the decoder refuses an input. Any other one is a defect.
  static var refusals: [any Error.Type] { get }
  /// The most bytes of an input that are worth trying.
  static var byteLimit: Int { get }

  /// Makes what all inputs share.
  init() throws

  /// Inputs that are accepted, to begin from.
  func seeds() throws -> [[UInt8]]

  /// Decodes one input. Returns when it was accepted, and is the same when it is written again.
  ///
  /// - Throws: the decoder's refusal; ``DecoderDefect``.
  func run(_ input: [UInt8]) throws
}

extension DecoderCheck {
  package static var byteLimit: Int { 4096 }

  package func seeds() throws -> [[UInt8]] { [] }

  /// Such as the file that an error names.
  static var source: String { "input" }

  /// Runs an input, and takes any refusal that is not the decoder's for a defect.
  package func accepts(_ input: [UInt8]) throws(DecoderDefect) -> Bool {
    do {
      try run(input)
      return true
    } catch let defect as DecoderDefect {
      throw defect
    } catch {
      guard Self.refusals.contains(where: { $0 == type(of: error) }) else {
        throw DecoderDefect("an error of the type \(type(of: error)): \(error)")
      }
      return false
    }
  }
}

/// Something that a decoder must not do.
package struct DecoderDefect: Error, CustomStringConvertible {
  /// What it was.
  package let description: String

  init(_ description: String) { self.description = description }

  /// Throws unless the condition holds.
  static func unless(
    _ condition: Bool, _ description: @autoclosure () -> String
  ) throws(DecoderDefect) {
    guard condition else { throw DecoderDefect(description()) }
  }
}
