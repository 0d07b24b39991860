/// What memcheck has to report, or its silence elsewhere would say nothing.
enum Leaks {
  /// Branches on a secret.
  static func branch() {
    if Secrets.word(1) == 1 { print("  a branch was taken") }
  }

  /// Reads a table at a place that is secret.
  static func tableIndex() {
    let table = (0..<8).map { UInt8($0) }
    table.withUnsafeBufferPointer { table in
      if let entry = table.baseAddress?[Int(bitPattern: Secrets.word(5))] {
        withUnsafeBytes(of: entry) { sink($0) }
      }
    }
  }

  @inline(never) private static func sink(_ bytes: UnsafeRawBufferPointer) {
    print("  \(bytes.count) byte was looked up")
  }
}
