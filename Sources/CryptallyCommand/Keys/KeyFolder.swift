import Cryptally
import Foundation

/// The four files of a key set.
struct KeyFolder {
  /// A file with the bytes that it has.
  struct WrittenFile {
    let path: String
    let byteCount: Int
  }

  let path: String

  init(_ path: String) { self.path = path }

  var secretKey: String { file("secret.key") }
  var publicKey: String { file("public.key") }
  var evaluationKey: String { file("evaluation.key") }
  var serverKey: String { file("server.key") }

  private func file(_ name: String) -> String {
    URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent(name).relativePath
  }

  private var all: [String] { [serverKey, evaluationKey, secretKey, publicKey] }

  /// Makes the folder where it is missing, and sees that no key is there.
  func prepare() throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandFailure(.cannotCreate, "\(path): the folder cannot be made")
    }
    for key in all { try OutputPath(key).checkIsFree() }
  }

  /// Writes all files or none. The public key comes last: where it is, the secret key is too, so
  /// nobody can encrypt under a secret that was never kept.
  ///
  /// - Throws: `SecureMemoryError`.
  func write(
    _ keys: SecretKeySet, serverKey server: ServerKey, passphrase: SecureBytes
  ) throws -> [WrittenFile] {
    let contents: [(path: String, bytes: [UInt8], permissions: UInt16)] = [
      (serverKey, server.serialized(), 0o600),
      (evaluationKey, keys.makeEvaluationKeys().serialized(), 0o644),
      (secretKey, try keys.sealed(passphrase: passphrase), 0o600),
      (publicKey, keys.publicKeys.serialized(), 0o644),
    ]
    var written: [WrittenFile] = []
    do {
      for (path, bytes, permissions) in contents {
        try AtomicFile.write(bytes, to: path, permissions: permissions, replacing: false)
        written.append(WrittenFile(path: path, byteCount: bytes.count))
      }
    } catch {
      for file in written { unlink(file.path) }
      throw error
    }
    return written
  }
}
