import SecureMemory
import Wire

/// What a table is: under which key, parameters and schema it was made. It never changes.
package struct TableDescription: Hashable, Sendable {
  /// The random name of the table.
  package let identifier: TableIdentifier
  /// The fingerprint of the public key that everything in the table is encrypted under.
  package let keyFingerprint: Digest
  /// The fingerprint of the encryption parameters.
  package let parameterFingerprint: Digest
  /// The schema in canonical text.
  package let schemaText: String
  /// The records that one chunk can hold, 1 to `maximumSlotsPerChunk`.
  package let slotsPerChunk: Int
  /// True for tables made with keys that give no security.
  package let isTesting: Bool

  /// The version of the file format that this code writes, and the only one that it reads.
  package static let formatVersion: UInt16 = 2
  package static let maximumSlotsPerChunk = 1 << 20
  package static let maximumSchemaByteCount = 1 << 22

  package init(
    identifier: TableIdentifier = .random(), keyFingerprint: Digest, parameterFingerprint: Digest,
    schemaText: String, slotsPerChunk: Int, isTesting: Bool
  ) {
    self.identifier = identifier
    self.keyFingerprint = keyFingerprint
    self.parameterFingerprint = parameterFingerprint
    self.schemaText = schemaText
    self.slotsPerChunk = slotsPerChunk
    self.isTesting = isTesting
  }
}

extension TableDescription {
  /// Why a table cannot be made from this description; nil when it can.
  var defect: String? {
    guard (1...TableDescription.maximumSlotsPerChunk).contains(slotsPerChunk) else {
      return "a chunk of \(slotsPerChunk) slots; 1 to \(TableDescription.maximumSlotsPerChunk)"
        + " are possible"
    }
    guard schemaText.utf8.count <= TableDescription.maximumSchemaByteCount else {
      return "a schema of \(schemaText.utf8.count) bytes; at most "
        + "\(TableDescription.maximumSchemaByteCount) are possible"
    }
    return nil
  }

  /// The description as it is stored.
  package var encoded: [UInt8] {
    var writer = BoundedWriter()
    writer.append(bytes: identifier.bytes)
    writer.append(UInt32(clamping: slotsPerChunk))
    writer.append(string: schemaText)
    return Envelope.seal(
      kind: .table, version: TableDescription.formatVersion, isTesting: isTesting,
      parameterFingerprint: parameterFingerprint, keyFingerprint: keyFingerprint,
      payload: writer.bytes)
  }

  /// Throws unless the bytes are what `encoded` gives.
  package init(encoded: [UInt8], source: String, allowsTesting: Bool) throws(WireError) {
    let envelope = try Envelope.open(
      encoded, expecting: .table, source: source,
      versions: TableDescription.formatVersion...TableDescription.formatVersion,
      allowsTesting: allowsTesting)
    var reader = BoundedReader(envelope.payload, source: source)
    let field = "table identifier"
    let name = try reader.readBytes(count: TableIdentifier.byteCount, field: field)
    guard let identifier = TableIdentifier(bytes: name) else {
      throw .invalid(source: source, field: field, problem: "it has the wrong length")
    }
    let slotsPerChunk = try reader.readCount(
      atMost: TableDescription.maximumSlotsPerChunk, field: "slots per chunk")
    guard slotsPerChunk > 0 else {
      throw .invalid(source: source, field: "slots per chunk", problem: "it is 0")
    }
    let schemaText = try reader.readString(
      limit: TableDescription.maximumSchemaByteCount, field: "schema")
    try reader.finish()
    self.init(
      identifier: identifier, keyFingerprint: envelope.keyFingerprint,
      parameterFingerprint: envelope.parameterFingerprint, schemaText: schemaText,
      slotsPerChunk: slotsPerChunk, isTesting: envelope.isTesting)
  }

  /// The first thing in which data made for `other` could not be in this table.
  func difference(from other: TableDescription) -> (field: String, own: String, other: String)? {
    if keyFingerprint != other.keyFingerprint {
      return ("public key", keyFingerprint.hexadecimal, other.keyFingerprint.hexadecimal)
    }
    if parameterFingerprint != other.parameterFingerprint {
      return (
        "parameters", parameterFingerprint.hexadecimal, other.parameterFingerprint.hexadecimal
      )
    }
    if isTesting != other.isTesting {
      return ("security", isTesting ? "testing" : "real", other.isTesting ? "testing" : "real")
    }
    if slotsPerChunk != other.slotsPerChunk {
      return ("slots per chunk", "\(slotsPerChunk)", "\(other.slotsPerChunk)")
    }
    if schemaText != other.schemaText {
      let domain = "cryptally.table.schema"
      return (
        "schema", Digest.of(Array(schemaText.utf8), domain: domain).hexadecimal,
        Digest.of(Array(other.schemaText.utf8), domain: domain).hexadecimal
      )
    }
    return nil
  }
}
