import Foundation
import SecureMemory
import Testing

@Suite struct AppendedFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "appended-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func bytesComeAfterTheOffset() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "file").path
    #expect(throws: SecureMemoryError.noSuchFile(path: path)) {
      try AppendedFile.write([1], to: path, at: 0)
    }
    try AtomicFile.write([1, 2, 3], to: path, permissions: 0o600, replacing: false)
    try AppendedFile.write([4, 5], to: path, at: 3)
    #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 3, 4, 5])
    // What was torn is gone, however long it was.
    try AppendedFile.write([9], to: path, at: 2)
    #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 9])
    for offset in [4, -1] {
      #expect(throws: SecureMemoryError.self) {
        try AppendedFile.write([7], to: path, at: offset)
      }
    }
    #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 9])
  }

  @Test func oneHoldsALockAtATime() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "lock").path
    // Without the lock, steps of reading and writing would be lost.
    let counter = folder.appending(path: "counter").path
    try AtomicFile.write([0], to: counter, permissions: 0o600, replacing: false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<25 {
            let lock = try FileLock(path: path)
            let count = try AtomicFile.read(counter, limit: 1)
            try AppendedFile.write([count[0] + 1], to: counter, at: 0)
            _ = consume lock
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try AtomicFile.read(counter, limit: 1) == [100])
    #expect(throws: SecureMemoryError.self) {
      _ = try FileLock(path: folder.appending(path: "no/lock").path)
    }
  }
}
