import Foundation

/// What the command writes: results to standard output, messages to standard error.
enum StandardStreams {
  /// Writes a line of a result.
  static func print(_ line: String = "") { write(line + "\n") }

  /// Writes lines of a result.
  static func print(_ lines: [String]) {
    for line in lines { print(line) }
  }

  /// Writes the lines of a table.
  static func print(_ table: TextTable) { print(table.lines) }

  /// Writes a part of a result as it is. Ends the process when that is impossible: half a result
  /// must not look like a whole one.
  static func write(_ text: String) {
    guard write(text, to: STDOUT_FILENO) else {
      let reason = String(cString: strerror(errno))
      report("standard output cannot be written: \(reason)")
      ExitStatus.cannotWrite.exit()
    }
  }

  /// Writes an error's message, with the command's name before it.
  static func report(_ message: String) { writeNote("cryptally: " + message + "\n") }

  /// Writes text to standard error, where that is possible.
  static func writeNote(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to file: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
