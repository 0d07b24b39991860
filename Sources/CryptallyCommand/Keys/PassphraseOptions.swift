import ArgumentParser
import Cryptally
import Foundation

/// Where the passphrase of a secret key comes from. It is never an argument: those are seen by every
/// user of the machine.
struct PassphraseOptions: ParsableArguments {
  @Option(
    name: .customLong("passphrase-file"),
    help: ArgumentHelp(
      "A file whose first line is the passphrase of the secret key.",
      discussion: "Without it, the environment variable CRYPTALLY_PASSPHRASE is taken; without "
        + "that, you are asked.",
      valueName: "file"))
  var file: String?

  private static let variable = "CRYPTALLY_PASSPHRASE"
  private static let fileLimit = 1 << 16

  /// The passphrase from the file or the environment; nil when neither is given.
  ///
  /// - Throws: `SecureMemoryError` when the file cannot be read; `CommandFailure` for an empty one.
  func givenPassphrase() throws -> SecureBytes? {
    if let file {
      return try checked(
        firstLine(of: AtomicFile.readSecret(file, limit: PassphraseOptions.fileLimit)),
        origin: "the first line of \(file)")
    }
    guard let value = getenv(PassphraseOptions.variable) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: value, count: strlen(value))
    return try checked(
      SecureBytes(copying: bytes), origin: "the environment variable \(PassphraseOptions.variable)")
  }

  /// The passphrase of a key that exists.
  func passphrase(for path: String) throws -> SecureBytes {
    if let given = try givenPassphrase() { return given }
    return try ask("Passphrase of \(path): ")
  }

  /// The passphrase of a key that is to be made; a typed one is asked for twice.
  func newPassphrase() throws -> SecureBytes {
    if let given = try givenPassphrase() { return given }
    let first = try ask("Passphrase for the new secret key: ")
    let second = try ask("The same again: ")
    let areEqual = first.withUnsafeBytes { first in
      second.withUnsafeBytes { first.elementsEqual($0) }
    }
    guard areEqual else {
      throw CommandFailure(.usage, "the two passphrases differ; nothing was made")
    }
    return first
  }

  private func ask(_ prompt: String) throws -> SecureBytes {
    guard let terminal = TerminalPrompt() else {
      throw CommandFailure(
        .usage,
        "no passphrase is given and there is no terminal to ask at: pass --passphrase-file FILE or "
          + "set \(PassphraseOptions.variable)")
    }
    guard let answer = terminal.read(prompt) else {
      throw CommandFailure(.usage, "no passphrase was typed")
    }
    return try checked(answer, origin: "what was typed")
  }

  private func checked(_ passphrase: SecureBytes, origin: String) throws -> SecureBytes {
    guard passphrase.count > 0 else {
      throw CommandFailure(
        .usage, "the passphrase is empty (\(origin)): give one with at least one character")
    }
    return passphrase
  }

  private func firstLine(of content: SecureBytes) -> SecureBytes {
    content.withUnsafeBytes { bytes in
      var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      return SecureBytes(copying: UnsafeRawBufferPointer(rebasing: line))
    }
  }
}
