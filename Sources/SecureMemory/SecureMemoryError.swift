/// What can go wrong in this module. No case carries a secret.
public enum SecureMemoryError: Error, Hashable, Sendable {
  /// libsodium could not be set up.
  case libraryUnavailable
  /// A sealed box is shorter than its header and tag. `source` is the file that it stands in, here and
  /// below.
  case boxTruncated(source: String, needed: Int, available: Int)
  /// A sealed box of a format that this version does not know.
  case boxVersion(source: String, found: UInt16, supported: UInt16)
  /// A sealed box asks for more (or less) work or memory than is ever written.
  case boxCost(source: String, passes: UInt32, memoryByteCount: UInt64)
  /// A wrong passphrase, or a box or its associated data that was altered: one cannot be told from
  /// the other.
  case wrongPassphraseOrAltered(source: String)
  /// A passphrase without a character.
  case emptyPassphrase
  /// The memory for deriving a key from the passphrase is not there.
  case passphraseMemory(byteCount: UInt64)
  /// An Ed25519 seed that is not 32 bytes.
  case seedLength(found: Int)
  /// There is no such file.
  case noSuchFile(path: String)
  /// The file is there and cannot be read.
  case cannotRead(path: String, reason: String)
  /// The file is larger than anything that may be read from it.
  case fileTooLarge(path: String, limit: Int)
  /// The file cannot be created or written.
  case cannotCreate(path: String, reason: String)
  /// The file is there already and was not to be replaced.
  case fileExists(path: String)
}

extension SecureMemoryError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .libraryUnavailable:
      "libsodium could not be set up: check its installation (make setup)"
    case .boxTruncated(let source, let needed, let available):
      "\(source): the sealed data is cut short: \(available) bytes where at least \(needed) are needed"
    case .boxVersion(let source, let found, let supported):
      "\(source): sealed data of version \(found); this program reads version \(supported)"
    case .boxCost(let source, let passes, let memoryByteCount):
      "\(source): the sealed data asks for \(passes) passes over \(memoryByteCount) bytes to try a "
        + "passphrase, outside what is allowed: it was altered"
    case .wrongPassphraseOrAltered(let source):
      "\(source): wrong passphrase, or the sealed data was altered"
    case .emptyPassphrase:
      "the passphrase is empty: give one with at least one character"
    case .passphraseMemory(let byteCount):
      "\(byteCount) bytes of memory are needed to try a passphrase and are not available"
    case .seedLength(let found):
      "a signing seed has 32 bytes; this one has \(found)"
    case .noSuchFile(let path):
      "\(path): no such file"
    case .cannotRead(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .fileTooLarge(let path, let limit):
      "\(path): larger than the \(limit) bytes that such a file may have"
    case .cannotCreate(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .fileExists(let path):
      "\(path): exists already and is not overwritten; remove it or choose another name"
    }
  }
}
