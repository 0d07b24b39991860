/// The sizes of keys that are admitted.
enum AdmittedSizes: String, Decodable, Sendable {
  /// Those from 64 bits.
  case testing
  /// Those of real keys.
  case production
}
