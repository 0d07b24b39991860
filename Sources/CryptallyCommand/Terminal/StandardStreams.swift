import Foundation

/// What the command writes: results to standard output, messages to standard error.
enum StandardStreams {
  /// Writes a line of a result.
  static func print(_ line: String = "") { write(line + "\n") }

  /// Writes the lines of a table.
  static func print(_ table: TextTable) { table.lines.forEach { print($0) } }

  /// Writes text as it is.
  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  /// Writes an error's message, with the command's name before it.
  static func report(_ message: String) { note("cryptally: " + message) }

  /// Writes a line to standard error.
  static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
