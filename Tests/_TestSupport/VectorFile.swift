import Foundation

/// Reads a file of test vectors as its generator wrote it; names in snake case become camel case.
///
/// - Parameter path: below the folder `Vectors`.
public func readVectors<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Vectors")
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: Data(contentsOf: folder.appending(path: path)))
}

/// Something in a vector file that is not what it should be.
public struct MalformedVector: Error, CustomStringConvertible {
  /// The text that was found.
  public let description: String
}

/// Numbers of at most 64 bits in hexadecimal.
public func words(hexadecimal texts: [String]) throws -> [UInt64] {
  try texts.map { try word(hexadecimal: $0) }
}

/// A number of at most 64 bits in hexadecimal.
public func word(hexadecimal text: String) throws -> UInt64 {
  guard let word = UInt64(text, radix: 16) else { throw MalformedVector(description: text) }
  return word
}
