import ClaimKeys
import Foundation
import Paillier
import SecureMemory

/// Who reads golden files, and where their files are: always under the same names.
package struct GoldenParties: Sendable {
  package static let publicKey = "public.key"
  package static let secretKey = "secret.key"
  package static let evaluationKey = "evaluation.key"
  package static let serverKey = "server.key"
  package static let ledger = "ledger.log"
  package static let ledgerHead = "ledger.head"
  package static let paillierPublicKey = "paillier-public.key"
  package static let paillierSecretKey = "paillier-secret.key"

  private static let fileLimit = 1 << 24

  let folder: URL
  let passphrase: SecureBytes
  let acceptsTesting: Bool

  func read(_ name: String) throws(SecureMemoryError) -> [UInt8] {
    try AtomicFile.read(folder.appending(path: name).path, limit: GoldenParties.fileLimit)
  }

  func publicKeys() throws -> PublicKeySet {
    try PublicKeySet(
      serialized: read(GoldenParties.publicKey), source: GoldenParties.publicKey,
      allowsTesting: acceptsTesting)
  }

  func secretKeys() throws -> SecretKeySet {
    try SecretKeySet(
      sealed: read(GoldenParties.secretKey), passphrase: passphrase,
      source: GoldenParties.secretKey, allowsTesting: acceptsTesting)
  }

  func paillierKey() throws -> Paillier.PublicKey {
    try Paillier.PublicKey(
      fileBytes: read(GoldenParties.paillierPublicKey), source: GoldenParties.paillierPublicKey)
  }

  func paillierSecret() throws -> Paillier.PrivateKey {
    try Paillier.PrivateKey(
      sealed: read(GoldenParties.paillierSecretKey), passphrase: passphrase,
      source: GoldenParties.paillierSecretKey)
  }
}
