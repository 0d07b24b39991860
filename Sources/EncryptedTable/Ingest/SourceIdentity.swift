import SecureMemory

/// What tells one source of records from another: its content, not its name.
package struct SourceIdentity: Hashable, Sendable {
  /// A digest of the source's bytes. It is written nowhere as it is: the journal keeps it under a
  /// random key.
  package let digest: Digest
  package let byteCount: UInt64
  /// A digest of how the source is read, and of the other files that are read with it. A run goes on
  /// only where this is the same too.
  package let reading: Digest

  package init(
    digest: Digest, byteCount: UInt64,
    reading: Digest = Digest.of([], domain: SourceIdentity.readingDomain)
  ) {
    self.digest = digest
    self.byteCount = byteCount
    self.reading = reading
  }

  package static let readingDomain = "cryptally.source.reading"
}
