import CSodium

extension Array where Element: FixedWidthInteger {
  /// Overwrites every element with zero, in a way that the compiler does not remove.
  ///
  /// An array that shares its storage gets its own first, and the shared one keeps its content: wipe
  /// arrays that were never copied.
  package mutating func wipe() {
    withUnsafeMutableBytes { bytes in
      if let base = bytes.baseAddress { sodium_memzero(base, bytes.count) }
    }
  }
}
