import BigInteger
import CBigIntegerKernels
import CMemcheck
import SecureMemory

/// Secrets as memcheck knows them: bytes that count as never written.
enum Secrets {
  /// The number, its limbs marked. Their count and the sign stay public.
  static func number(_ value: BigInteger) -> BigInteger {
    var bytes = value.bigEndianBytes(count: (value.bitCount + 7) / 8) ?? []
    bytes.withUnsafeMutableBytes(mark)
    // To make a number of marked bytes is the caller's part, not the library's.
    memcheck_pause_reports()
    defer { memcheck_resume_reports() }
    let magnitude = BigInteger(bigEndianBytes: bytes)
    return value.signum < 0 ? -magnitude : magnitude
  }

  /// A word, marked.
  static func word(_ value: UInt) -> UInt {
    var value = value
    withUnsafeMutableBytes(of: &value, mark)
    return value
  }

  /// A copy of the bytes, marked from byte `first` on.
  static func bytes(_ bytes: SecureBytes, from first: Int) -> SecureBytes {
    let copy = bytes.withUnsafeBytes { SecureBytes(copying: $0) }
    copy.withUnsafeMutableBytes {
      mark(UnsafeMutableRawBufferPointer(rebasing: $0[first...]))
    }
    return copy
  }

  /// Whether a mark is on any of the bytes.
  static func isMarked(_ bytes: SecureBytes) -> Bool {
    bytes.withUnsafeBytes { memcheck_is_marked($0.baseAddress, $0.count) != 0 }
  }

  /// A copy of the numbers, marked.
  static func integers(_ values: [Int64]) -> [Int64] {
    var values = values
    values.withUnsafeMutableBytes(mark)
    return values
  }

  /// A copy of the numbers, without a mark.
  static func published(_ values: [Int64]) -> [Int64] {
    values.map { Int64(bitPattern: UInt64(cryptally_published(UInt(bitPattern: Int($0))))) }
  }

  /// A copy of the bytes, without a mark.
  static func published(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { UInt8(truncatingIfNeeded: cryptally_published(UInt($0))) }
  }

  /// Marks memory.
  static func mark(_ bytes: UnsafeMutableRawBufferPointer) {
    cryptally_mark_secret(bytes.baseAddress, bytes.count)
  }
}
