import CSodium

extension UnsafeMutableRawBufferPointer {
  /// Overwrites every byte with zero, in a way that the compiler does not remove.
  package func wipe() {
    if let baseAddress { sodium_memzero(baseAddress, count) }
  }
}
