import Cryptally

/// The files of a key set.
struct KeyFolder {
  let path: String

  init(_ path: String) { self.path = path }

  var secretKey: String { file("secret.key") }
  var publicKey: String { file("public.key") }
  var evaluationKey: String { file("evaluation.key") }
  var serverKey: String { file("server.key") }
  private var ledgerHead: String { LedgerFiles(secretKey: secretKey).headName }

  private func file(_ name: String) -> String { NewFiles.path(name, in: path) }

  /// Makes the folder where it is missing, and sees that no key is there.
  func prepare() throws(CommandFailure) {
    try NewFiles.prepare(
      folder: path, paths: [serverKey, evaluationKey, ledgerHead, secretKey, publicKey])
  }

  /// Writes all files or none. The public key comes last: where it is, the secret key is too, so
  /// nobody can encrypt under a secret that was never kept.
  ///
  /// - Throws: `SecureMemoryError`.
  func write(
    _ keys: SecretKeySet, serverKey server: ServerKey, passphrase: SecureBytes
  ) throws -> [NewFiles.WrittenFile] {
    try NewFiles.write([
      .init(path: serverKey, bytes: server.serialized(), permissions: 0o600),
      .init(
        path: evaluationKey, bytes: keys.makeEvaluationKeys().serialized(), permissions: 0o644),
      .init(path: ledgerHead, bytes: keys.makeLedgerHead(), permissions: 0o600),
      .init(path: secretKey, bytes: try keys.sealed(passphrase: passphrase), permissions: 0o600),
      .init(path: publicKey, bytes: keys.publicKeys.serialized(), permissions: 0o644),
    ])
  }
}
