import Foundation

extension [UInt8] {
  /// The bytes as what SQLite's binding takes. For what is small; ciphertexts are bound in place.
  var asData: Data { Data(self) }
}
