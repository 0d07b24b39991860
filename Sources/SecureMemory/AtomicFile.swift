#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Files that are there whole or not at all.
public enum AtomicFile {
  /// Writes a file so that neither a crash nor an error leaves part of it under its name.
  ///
  /// The bytes go to a new file in the same folder, are flushed to the disk, and then get the name;
  /// the folder is flushed last. The temporary file is removed when something fails.
  ///
  /// - Parameters:
  ///   - bytes: the whole content.
  ///   - path: the file; its folder must be there.
  ///   - permissions: such as `0o600`; the process's mask may take some away.
  ///   - replacing: false to leave a file alone that has the name already.
  /// - Throws: ``SecureMemoryError``: `fileExists` or `cannotCreate`.
  public static func write(
    _ bytes: [UInt8], to path: String, permissions: UInt16, replacing: Bool
  ) throws(SecureMemoryError) {
    var stream = try AtomicFileStream(path: path, permissions: permissions)
    try stream.write(bytes)
    try stream.finish(replacing: replacing)
  }

  /// The content of the file at `path`, which may have at most `limit` bytes: no more are ever held
  /// in memory.
  ///
  /// - Throws: ``SecureMemoryError``: `noSuchFile`, `cannotRead` or `fileTooLarge`.
  public static func read(_ path: String, limit: Int) throws(SecureMemoryError) -> [UInt8] {
    let limit = usable(limit)
    let (file, expected) = try openForReading(path, limit: limit)
    defer { close(file) }
    var bytes: [UInt8] = []
    // A file that grows while it is read, or a pipe, may hold more than was announced.
    bytes.reserveCapacity(min(expected, limit) + 1)
    while true {
      let room = min(max(expected + 1 - bytes.count, 65536), limit + 1 - bytes.count)
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: room))
      let count = bytes.withUnsafeMutableBytes { buffer in
        OpenFile.readSome(file, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      }
      guard count >= 0 else { throw .cannotRead(path: path, reason: lastReason()) }
      bytes.removeLast(room - count)
      guard bytes.count <= limit else { throw .fileTooLarge(path: path, limit: limit) }
      if count == 0 { return bytes }
    }
  }

  /// The content of a file that holds a secret, such as a passphrase, of at most `limit` bytes; no
  /// copy is left in memory. `limit` bytes are set aside while it is read: keep it small.
  ///
  /// - Throws: ``SecureMemoryError``: `noSuchFile`, `cannotRead` or `fileTooLarge`.
  public static func readSecret(
    _ path: String, limit: Int
  ) throws(SecureMemoryError) -> SecureBytes {
    let limit = usable(limit)
    let (file, _) = try openForReading(path, limit: limit)
    defer { close(file) }
    let buffer = SecureBytes(count: limit + 1)
    var total = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        OpenFile.readSome(file, into: UnsafeMutableRawBufferPointer(rebasing: bytes[total...]))
      }
      guard count >= 0 else { throw .cannotRead(path: path, reason: lastReason()) }
      total += count
      guard total <= limit else { throw .fileTooLarge(path: path, limit: limit) }
      if count == 0 { break }
    }
    return buffer.withUnsafeBytes { bytes in
      SecureBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<total]))
    }
  }

  /// The limit with room for the one byte more that shows that it is passed.
  private static func usable(_ limit: Int) -> Int { max(0, min(limit, Int.max - 1)) }

  /// The open file, and the size that it announces (0 for what has none, such as a pipe).
  private static func openForReading(
    _ path: String, limit: Int
  ) throws(SecureMemoryError) -> (file: Int32, byteCount: Int) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .noSuchFile(path: path) : .cannotRead(path: path, reason: lastReason())
    }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      let reason = lastReason()
      close(file)
      throw .cannotRead(path: path, reason: reason)
    }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let byteCount = isRegular ? Int(status.st_size) : 0
    guard byteCount <= limit else {
      close(file)
      throw .fileTooLarge(path: path, limit: limit)
    }
    return (file, byteCount)
  }

  static func flush(folder: String, for path: String) throws(SecureMemoryError) {
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .cannotCreate(path: path, reason: lastReason()) }
    defer { close(directory) }
    // Some file systems cannot flush a folder and need not.
    guard fsync(directory) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw .cannotCreate(path: path, reason: lastReason())
    }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func lastReason() -> String { reason(of: errno) }

  private static func reason(of code: Int32) -> String { String(cString: strerror(code)) }
}
