import SecureMemory
import Wire

/// What an answer tells anybody, without a key: its query, its tables and who signed it. The totals
/// are not looked at.
package struct AnswerSummary: Sendable {
  /// The query in canonical text.
  package let canonicalText: String
  /// The tables that were queried.
  package let tables: [TableReference]
  /// The clear groups.
  package let groupCount: Int
  /// The server that the answer names.
  package let server: VerifyingKey
  /// Whether the signature is that server's.
  package let isSignatureValid: Bool

  /// Reads the content of an answer's envelope.
  ///
  /// - Parameter source: the file's name, for errors.
  package init(_ envelope: Envelope, source: String) throws(WireError) {
    let signed = try SignedBody(envelope.payload, source: source)
    var reader = BoundedReader(signed.body[...], source: source)
    canonicalText = try reader.readString(limit: EncryptedAnswer.textLimit, field: "query")
    tables = try EncryptedAnswer.readTables(&reader)
    _ = try reader.readDigest(field: "plan digest")
    groupCount = try EncryptedAnswer.readGroups(&reader).count
    guard let server = VerifyingKey(bytes: signed.body.suffix(VerifyingKey.byteCount)) else {
      throw reader.invalid(field: "server key", problem: "it is not an Ed25519 key")
    }
    self.server = server
    isSignatureValid = signed.isSigned(
      by: server, context: EncryptedAnswer.context,
      bindings: [envelope.keyFingerprint, envelope.parameterFingerprint])
  }
}
