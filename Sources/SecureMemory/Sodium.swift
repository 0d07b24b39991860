import CSodium

/// The one place where libsodium is set up.
enum Sodium {
  /// True when libsodium chose its implementations and opened its random device.
  ///
  /// Evaluated once. Functions that can throw check it; the others may be called even if it is
  /// false, because libsodium then uses its portable code, and ends the process rather than give
  /// out weak random bytes.
  static let isReady: Bool = sodium_init() >= 0
}
