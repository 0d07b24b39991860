/// Why bytes were not accepted. `source` is the file or part that they came from; no case carries a
/// data value.
public enum WireError: Error, Hashable, Sendable {
  /// The bytes end inside a field.
  case truncated(source: String, field: String, needed: Int, available: Int)
  /// Bytes are left after the last field.
  case trailingBytes(source: String, count: Int)
  /// The file does not begin as ours do.
  case notCryptally(source: String)
  /// A version of the format that this program does not read.
  case unsupportedVersion(source: String, found: UInt16, supported: ClosedRange<UInt16>)
  /// A kind that this program does not know.
  case unknownKind(source: String, found: UInt16)
  /// Another kind of file than the one needed.
  case unexpectedKind(source: String, found: WireKind, expected: WireKind)
  /// Made with a test's predictable randomness or parameters that are too small: never accepted
  /// outside tests.
  case testingOnly(source: String)
  /// The digest at the end is not the content's: the file was altered.
  case digestMismatch(source: String)
  /// A count or length above what may stand there.
  case overLimit(source: String, field: String, found: UInt64, limit: Int)
  /// A field whose content breaks the format's rules.
  case invalid(source: String, field: String, problem: String)
}

extension WireError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .truncated(let source, let field, let needed, let available):
      "\(source): cut short at \(field): \(needed) bytes needed, \(available) there; "
        + "copy the file again"
    case .trailingBytes(let source, let count):
      "\(source): \(count) bytes after its end; copy the file again"
    case .notCryptally(let source):
      "\(source): not a Cryptally file"
    case .unsupportedVersion(let source, let found, let supported):
      "\(source): format version \(found); this program reads "
        + (supported.lowerBound == supported.upperBound
          ? "version \(supported.lowerBound)"
          : "versions \(supported.lowerBound) to \(supported.upperBound)")
    case .unknownKind(let source, let found):
      "\(source): kind \(found), which this program does not know; "
        + "it may come from a later version"
    case .unexpectedKind(let source, let found, let expected):
      "\(source): is of kind '\(found)' where '\(expected)' is needed"
    case .testingOnly(let source):
      "\(source): made for tests, without security; it is not accepted here"
    case .digestMismatch(let source):
      "\(source): its digest does not match its content: it was altered or damaged"
    case .overLimit(let source, let field, let found, let limit):
      "\(source): \(field) is \(found); at most \(limit) is allowed"
    case .invalid(let source, let field, let problem):
      "\(source): \(field): \(problem)"
    }
  }
}
