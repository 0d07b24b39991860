import Foundation
import Wire

/// JSON that another program wrote.
enum ForeignJSON {
  /// The most bytes of a document. A key or a ciphertext of the largest size has a twentieth of it.
  static let byteLimit = 1 << 17

  /// - Throws: `WireError.overLimit` for a document that is too long, `.invalid` with the field's name
  ///   for one that is not as expected. No error carries text of the document.
  static func decode<Document: Decodable>(
    _ type: Document.Type, from bytes: [UInt8], source: String
  ) throws(WireError) -> Document {
    guard bytes.count <= byteLimit else {
      throw .overLimit(
        source: source, field: "length", found: UInt64(bytes.count), limit: byteLimit)
    }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, let context) {
      throw invalid(context.codingPath + [key], "it is missing", source)
    } catch DecodingError.valueNotFound(_, let context) {
      throw invalid(context.codingPath, "it is null", source)
    } catch DecodingError.typeMismatch(_, let context) {
      throw invalid(context.codingPath, "it is of another type", source)
    } catch DecodingError.dataCorrupted(let context) {
      throw invalid(
        context.codingPath,
        context.codingPath.isEmpty
          ? "it is not JSON, or has a number that does not fit" : "its value cannot stand there",
        source)
    } catch {
      throw invalid([], "it cannot be read", source)
    }
  }

  private static func invalid(
    _ path: [any CodingKey], _ problem: String, _ source: String
  ) -> WireError {
    let name = path.map(\.stringValue).joined(separator: ".")
    return .invalid(source: source, field: name.isEmpty ? "document" : name, problem: problem)
  }
}
