import Foundation

/// How the process ends, after sysexits.h.
enum ExitStatus: Int32 {
  /// An answer of the demonstration differs from the truth, or a test vector fails.
  case differs = 1
  /// EX_USAGE: the command was used wrongly.
  case usage = 64
  /// EX_DATAERR: input that is bad, or does not belong together; queries too.
  case badData = 65
  /// EX_NOINPUT: an input is missing or unreadable.
  case missingInput = 66
  /// EX_SOFTWARE: an error that nobody foresaw.
  case unforeseen = 70
  /// EX_OSERR: the system refused memory or a library.
  case system = 71
  /// EX_CANTCREAT: an output cannot be made.
  case cannotCreate = 73
  /// EX_IOERR: a result could not be written to standard output.
  case cannotWrite = 74
  /// EX_NOPERM: refused by policy, or a wrong passphrase.
  case refused = 77

  func exit() -> Never { Foundation.exit(rawValue) }
}
