#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which thread runs: a hint, as an ended thread's identity may be given to another.
package struct ThreadIdentity: Hashable, Sendable {
  private let bits: UInt

  /// That of the calling thread.
  package static var current: ThreadIdentity {
    #if canImport(Glibc)
      ThreadIdentity(bits: UInt(pthread_self()))
    #else
      ThreadIdentity(bits: UInt(bitPattern: pthread_self()))
    #endif
  }
}
