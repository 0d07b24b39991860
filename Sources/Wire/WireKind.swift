/// What a written thing is. The numbers are part of the format and never change.
public enum WireKind: UInt16, CaseIterable, Hashable, Sendable {
  case publicKey = 1
  case secretKey = 2
  case evaluationKey = 3
  case serverKey = 4
  case answer = 5
  case ciphertext = 6
  case paillierCiphertext = 7
  /// The description of a table, inside the table's file.
  case table = 8
  /// The journal of an ingest, beside the table.
  case journal = 9
  case vector = 10
  /// A Paillier key on its own, of no schema.
  case paillierPublicKey = 11
  case paillierSecretKey = 12
  /// The custodian's list of opened answers.
  case ledger = 13
  /// What the list must hold, sealed beside the secret key.
  case ledgerHead = 14
}

extension WireKind: CustomStringConvertible {
  /// Such as `public key`.
  public var description: String {
    switch self {
    case .publicKey: "public key"
    case .secretKey: "secret key"
    case .evaluationKey: "evaluation key"
    case .serverKey: "server key"
    case .answer: "answer"
    case .ciphertext: "ciphertext"
    case .paillierCiphertext: "Paillier ciphertext"
    case .table: "table description"
    case .journal: "journal"
    case .vector: "test vector"
    case .paillierPublicKey: "Paillier public key"
    case .paillierSecretKey: "Paillier secret key"
    case .ledger: "ledger"
    case .ledgerHead: "ledger head"
    }
  }
}
