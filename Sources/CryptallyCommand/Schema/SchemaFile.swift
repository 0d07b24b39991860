import Cryptally

extension Schema {
  /// Reads a schema file.
  ///
  /// - Throws: `SecureMemoryError`, `SchemaError`.
  init(contentsOf path: String) throws {
    let bytes = try AtomicFile.read(path, limit: Schema.byteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.badData, "\(path): not UTF-8 text; a schema is a YAML file")
    }
    self = try Schema.parse(yaml: text, source: path)
  }
}
