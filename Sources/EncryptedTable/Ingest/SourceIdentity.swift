import SecureMemory

/// What tells one source of records from another: its content, not its name.
package struct SourceIdentity: Hashable, Sendable {
  /// A digest of the source's bytes. It is written nowhere as it is: the journal keeps it under a
  /// random key.
  package let digest: Digest
  package let byteCount: UInt64

  package init(digest: Digest, byteCount: UInt64) {
    self.digest = digest
    self.byteCount = byteCount
  }
}
