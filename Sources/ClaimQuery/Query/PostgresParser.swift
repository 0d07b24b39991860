import CPgQuery
import Foundation

/// What PostgreSQL's grammar made of a text.
enum PostgresParse: Sendable {
  /// The parse tree in libpg_query's JSON.
  case tree(String)
  /// PostgreSQL's own message, and the character it stands at, counted from 1 in code points.
  case failure(message: String, codePoint: Int)
}

/// PostgreSQL's parser, as libpg_query packages it.
enum PostgresParser {
  /// libpg_query writes its tree by recursion: a chain of 32,000 operators, which fits the text
  /// limit, needs nearly 8 MB of stack, and a service's threads have less.
  private static let stackByteCount = 64 << 20

  /// The parse of `text`, which holds no NUL; nil when the system has no thread to spare.
  static func parse(_ text: String) -> PostgresParse? {
    let job = ParseJob(text)
    guard job.runToEnd(stackByteCount: stackByteCount) else { return nil }
    return job.outcome
  }
}

/// One parse on a thread of its own, which the caller waits for.
private final class ParseJob {
  private let text: String
  private(set) var outcome: PostgresParse?

  init(_ text: String) {
    self.text = text
  }

  func parse() {
    let result = pg_query_parse(text)
    defer { pg_query_free_parse_result(result) }
    if let error = result.error {
      let message = error.pointee.message.map { String(cString: $0) } ?? "syntax error"
      outcome = .failure(message: message, codePoint: Int(error.pointee.cursorpos))
    } else if let tree = result.parse_tree {
      outcome = .tree(String(cString: tree))
    }
  }

  /// False when no thread could be started.
  func runToEnd(stackByteCount: Int) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackByteCount) == 0 else { return false }

    let context = Unmanaged.passRetained(self)
    defer { context.release() }
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, &attributes, parseOnThread, context.toOpaque())
      guard status == 0, let thread else { return false }
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, parseOnThread, context.toOpaque())
      guard status == 0 else { return false }
    #endif
    return pthread_join(thread, nil) == 0
  }
}

#if canImport(Darwin)
  private func parseOnThread(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ParseJob>.fromOpaque(context).takeUnretainedValue().parse()
    return nil
  }
#else
  private func parseOnThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<ParseJob>.fromOpaque(context).takeUnretainedValue().parse()
    return nil
  }
#endif
