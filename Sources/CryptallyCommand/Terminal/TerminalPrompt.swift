import Cryptally
import Foundation

/// Asks for a secret on the controlling terminal, without echo.
struct TerminalPrompt: ~Copyable {
  private static let byteLimit = 1024
  private let terminal: Int32

  /// Nil when the process has no terminal.
  init?() {
    terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    if terminal < 0 { return nil }
  }

  deinit { close(terminal) }

  /// The line that the user types; nil when the terminal goes away or the line is too long.
  ///
  /// Control-C ends the process as anywhere else, but only after the terminal echoes again: hence
  /// signals are read as characters.
  borrowing func read(_ prompt: String) -> SecureBytes? {
    var original = termios()
    guard tcgetattr(terminal, &original) == 0 else { return nil }
    var silent = original
    silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
    // What was typed before the prompt is not part of the secret.
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
    write(prompt)
    let line = readLine()
    _ = tcsetattr(terminal, TCSAFLUSH, &original)
    write("\n")
    switch line {
    case .secret(let secret): return secret
    case .gone: return nil
    case .interrupted:
      raise(SIGINT)
      return nil
    }
  }

  private enum Line {
    case secret(SecureBytes)
    case gone
    case interrupted
  }

  private borrowing func readLine() -> Line {
    let buffer = SecureBytes(count: TerminalPrompt.byteLimit)
    var count = 0
    while true {
      var byte: UInt8 = 0
      let status = Foundation.read(terminal, &byte, 1)
      if status < 0, errno == EINTR { continue }
      guard status == 1 else { return .gone }
      switch byte {
      case 0x03: return .interrupted
      case 0x04 where count == 0: return .gone
      case 0x04, 0x0A, 0x0D:
        return .secret(
          buffer.withUnsafeBytes {
            SecureBytes(copying: UnsafeRawBufferPointer(rebasing: $0[..<count]))
          })
      case 0x08, 0x7F:
        // A character of UTF-8 ends where a byte that is no continuation begins it.
        buffer.withUnsafeBytes { bytes in
          while count > 0 {
            count -= 1
            if bytes[count] & 0xC0 != 0x80 { break }
          }
        }
      case 0x15: count = 0
      default:
        guard count < TerminalPrompt.byteLimit else { return .gone }
        buffer.withUnsafeMutableBytes { $0[count] = byte }
        count += 1
      }
    }
  }

  private borrowing func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Foundation.write(terminal, bytes, bytes.count)
  }
}
