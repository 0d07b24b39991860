import CSodium

/// Comparisons whose time tells nothing about the content.
package enum ConstantTime {
  /// True when both have the same bytes. Only the lengths may show in the time taken.
  package static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && sodium_memcmp(a, b, a.count) == 0
  }
}
