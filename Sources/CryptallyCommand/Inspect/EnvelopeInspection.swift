import BFV
import Cryptally
import Paillier

/// What `inspect` tells of a key or an answer.
struct EnvelopeInspection {
  private let path: String
  private let bytes: [UInt8]
  private let envelope: Envelope
  private let passphrase: PassphraseOptions

  static let testingNotice = "MADE FOR TESTS, WITHOUT SECURITY: no other command accepts it"
  private static let byteLimit = 1 << 34

  init(_ path: String, passphrase: PassphraseOptions) throws {
    self.path = path
    self.passphrase = passphrase
    let header = try FileHeader.read(path)
    bytes = try AtomicFile.read(path, limit: EnvelopeInspection.byteLimit)
    envelope = try Envelope.open(
      bytes, expecting: header.kind, source: path, allowsTesting: true)
  }

  var lines: [String] {
    get throws {
      var table = TextTable()
      table.add("what", "\(envelope.kind), format version \(envelope.version)")
      if envelope.isTesting { table.add("", EnvelopeInspection.testingNotice) }
      if envelope.kind == .serverKey {
        table.add("server", envelope.keyFingerprint.hexadecimal)
      } else {
        table.add("public key", envelope.keyFingerprint.hexadecimal)
        table.add("parameters", envelope.parameterFingerprint.hexadecimal)
      }
      table.add("bytes", FigureText.count(bytes.count))
      try addContent(to: &table)
      return table.lines
    }
  }

  private func addContent(to table: inout TextTable) throws {
    switch envelope.kind {
    case .publicKey:
      add(try PublicKeySet(serialized: bytes, source: path, allowsTesting: true), to: &table)
    case .evaluationKey:
      add(try EvaluationKeySet(serialized: bytes, source: path, allowsTesting: true), to: &table)
    case .secretKey: try addSecretKey(to: &table)
    case .serverKey:
      let key = try ServerKey(serialized: bytes, source: path).verifyingKey
      table.add("verifying key", HexadecimalText.text(of: key.bytes))
    case .answer: add(try AnswerSummary(envelope, source: path), to: &table)
    case .paillierPublicKey:
      let key = try Paillier.PublicKey(fileBytes: bytes, source: path, allowsTesting: true)
      table.add("paillier", "\(key.bitCount) bits")
    case .ciphertext, .paillierCiphertext, .paillierSecretKey, .table, .journal, .vector,
      .ledger, .ledgerHead:
      break
    }
  }

  private func add(_ keys: PublicKeySet, to table: inout TextTable) {
    table.add("schema", keys.schemaFingerprint.hexadecimal)
    table.add("custodian", keys.custodian.fingerprint.hexadecimal)
    if let lattice = keys.lattice {
      table.add("lattice", LayoutReport.text(of: lattice.context.parameters))
    }
    if let paillier = keys.paillier { table.add("paillier", "\(paillier.bitCount) bits") }
    table.add("signature", "the custodian's")
  }

  private func add(_ keys: EvaluationKeySet, to table: inout TextTable) {
    add(keys.publicKeys, to: &table)
    if keys.relinearization != nil { table.add("products", "relinearization key") }
    if let galois = keys.galois {
      table.add("packing", FigureText.count(galois.elements.count, "Galois key"))
    }
  }

  private func addSecretKey(to table: inout TextTable) throws {
    guard let secret = try passphrase.givenPassphrase() else {
      table.add("policy", "sealed: pass --passphrase-file to see it")
      return
    }
    let keys = try SecretKeySet(
      sealed: bytes, passphrase: secret, source: path, allowsTesting: true)
    if let parameters = keys.layout.parameters {
      table.add("lattice", LayoutReport.text(of: parameters))
    }
    if let packing = keys.layout.packing {
      table.add("paillier", LayoutReport.text(of: packing))
    }
    PolicyReport(keys).add(to: &table)
  }

  private func add(_ answer: AnswerSummary, to table: inout TextTable) {
    table.add("query", TerminalText.shown(answer.canonicalText))
    for reference in answer.tables {
      table.add(
        "table",
        "identifier \(reference.identifier), snapshot \(reference.snapshot), "
          + FigureText.count(reference.recordCount, "record"))
    }
    table.add("clear groups", FigureText.count(answer.groupCount))
    table.add("server", answer.server.fingerprint.hexadecimal)
    table.add(
      "signature",
      answer.isSignatureValid
        ? "that server's; whether it is trusted is for the secret key to say"
        : "NOT VALID: the answer was altered")
  }
}
