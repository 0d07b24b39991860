/// How a claims file is opened.
public struct ReadingOptions: Sendable {
  /// The file's format; nil to find it in its content.
  public var format: ClaimFormat?
  /// The most bytes of one field of delimited text.
  public var fieldByteLimit: Int
  /// The most bytes of one record of delimited text.
  public var recordByteLimit: Int
  /// The most bytes of one record of JSON.
  public var jsonRecordByteLimit: Int
  /// The most bytes of a JSON document, which is held in memory as a whole.
  public var documentByteLimit: Int
  /// The files of the tables that a schema's `prepare:` query reads beside the claims, by name.
  public var companions: [String: String]

  /// Found format; fields up to 64 KiB, records up to 1 MiB, of JSON up to 16 MiB, and documents up
  /// to 256 MiB unless said.
  public init(
    format: ClaimFormat? = nil, fieldByteLimit: Int = 1 << 16, recordByteLimit: Int = 1 << 20,
    jsonRecordByteLimit: Int = 1 << 24, documentByteLimit: Int = 1 << 28,
    companions: [String: String] = [:]
  ) {
    self.format = format
    self.fieldByteLimit = fieldByteLimit
    self.recordByteLimit = recordByteLimit
    self.jsonRecordByteLimit = jsonRecordByteLimit
    self.documentByteLimit = documentByteLimit
    self.companions = companions
  }
}
