/// A decoder took bytes that were cut or changed.
public struct AcceptedDamage: Error, CustomStringConvertible {
  /// What was done to the bytes.
  public let description: String
}

/// Checks that a decoder refuses every truncation of `bytes`, one byte too many, and a change of one
/// byte at every position; and that it takes the bytes themselves.
///
/// Up to `limit` positions are tried one by one; of longer inputs, the first and last quarter of the
/// limit and positions evenly between them. What is flipped is one bit, another from position to
/// position.
///
/// - Throws: what `decode` throws for the bytes themselves, or ``AcceptedDamage``.
public func checkEveryTruncationAndByteChange(
  of bytes: [UInt8], limit: Int = 2048, decode: ([UInt8]) throws -> Void
) throws {
  try decode(bytes)
  for position in positions(count: bytes.count, limit: limit) {
    try expectRefusal("cut after \(position) of \(bytes.count) bytes") {
      try decode(Array(bytes[..<position]))
    }
    var changed = bytes
    changed[position] ^= 1 << UInt8(position % 8)
    try expectRefusal("byte \(position) of \(bytes.count) changed") { try decode(changed) }
  }
  try expectRefusal("a byte added after \(bytes.count)") { try decode(bytes + [0]) }
}

private func expectRefusal(_ damage: String, _ decode: () throws -> Void) throws {
  do {
    try decode()
  } catch {
    return
  }
  throw AcceptedDamage(description: damage + " was not noticed")
}

private func positions(count: Int, limit: Int) -> [Int] {
  guard count > limit else { return Array(0..<count) }
  let edge = limit / 4
  let samples = limit - 2 * edge
  let inner = count - 2 * edge
  return Array(0..<edge) + (0..<samples).map { edge + $0 * inner / samples }
    + Array((count - edge)..<count)
}
