import Cryptally
import Paillier

/// Encrypted numbers on the command line: one itself, or a file with one on each line.
struct CiphertextArgument {
  private static let byteLimit = 1 << 28

  private let argument: String

  init(_ argument: String) { self.argument = argument }

  /// - Throws: `SecureMemoryError` for a file that cannot be read, `CommandFailure` for one without
  ///   numbers, and as `NumberFormat.number`.
  func numbers(_ format: NumberFormat, key: PublicKey) throws -> [EncryptedNumber] {
    if NumberFormat.isCiphertext(argument) {
      return [try format.number(argument, key: key, source: "the ciphertext")]
    }
    let bytes = try AtomicFile.read(argument, limit: CiphertextArgument.byteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.badData, "\(argument): not text; give a file that `encrypt` wrote")
    }
    var numbers: [EncryptedNumber] = []
    for (index, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where !line.isEmpty {
      numbers.append(
        try format.number(String(line), key: key, source: "\(argument):\(index + 1)"))
    }
    guard !numbers.isEmpty else {
      throw CommandFailure(.badData, "\(argument): there is no ciphertext in it")
    }
    return numbers
  }
}
