import Foundation
import SecureMemory
import Testing

struct AtomicFileTests {
  /// Runs `body` in a folder of its own, removed afterwards.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-" + UUID().uuidString).path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func roundTripWithPermissions() throws {
    try inFolder { folder in
      let path = folder + "/key"
      let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
      try AtomicFile.write(content, to: path, permissions: 0o600, replacing: false)
      #expect(try AtomicFile.read(path, limit: content.count) == content)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"])
    }
  }

  @Test func anExistingFileIsKept() throws {
    try inFolder { folder in
      let path = folder + "/key"
      try AtomicFile.write([1], to: path, permissions: 0o600, replacing: false)
      #expect(throws: SecureMemoryError.fileExists(path: path)) {
        try AtomicFile.write([2], to: path, permissions: 0o600, replacing: false)
      }
      #expect(try AtomicFile.read(path, limit: 10) == [1])
      try AtomicFile.write([3], to: path, permissions: 0o600, replacing: true)
      #expect(try AtomicFile.read(path, limit: 10) == [3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"])
    }
  }

  @Test func blocksAreAFileOnlyWhenFinished() throws {
    try inFolder { folder in
      let path = folder + "/export"
      func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
      }
      func start() throws {
        var stream = try AtomicFileStream(path: path, permissions: 0o600)
        try stream.write([1, 2])
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try names().count == 1)
      }
      try start()
      #expect(try names() == [])
      var stream = try AtomicFileStream(path: path, permissions: 0o600)
      try stream.write([1, 2])
      try stream.write([])
      try stream.write([3])
      try stream.finish(replacing: false)
      #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 3])
      #expect(try names() == ["export"])
      #expect(throws: SecureMemoryError.fileExists(path: path)) {
        let second = try AtomicFileStream(path: path, permissions: 0o600)
        try second.finish(replacing: false)
      }
      #expect(try names() == ["export"])
      #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 3])
    }
  }

  @Test func failuresLeaveNothingBehind() throws {
    try inFolder { folder in
      #expect {
        try AtomicFile.write(
          [1], to: folder + "/missing/key", permissions: 0o600, replacing: true)
      } throws: { error in
        guard case .cannotCreate = error as? SecureMemoryError else { return false }
        return true
      }
      // A folder that is not empty cannot be replaced by a file.
      try FileManager.default.createDirectory(
        atPath: folder + "/taken/inner", withIntermediateDirectories: true)
      #expect {
        try AtomicFile.write([1], to: folder + "/taken", permissions: 0o600, replacing: true)
      } throws: { error in
        guard case .cannotCreate = error as? SecureMemoryError else { return false }
        return true
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }

  @Test func readingIsBounded() throws {
    try inFolder { folder in
      let path = folder + "/file"
      try AtomicFile.write([1, 2, 3], to: path, permissions: 0o644, replacing: false)
      #expect(try AtomicFile.read(path, limit: 3) == [1, 2, 3])
      #expect(try AtomicFile.read(path, limit: .max) == [1, 2, 3])
      #expect(throws: SecureMemoryError.fileTooLarge(path: path, limit: 0)) {
        try AtomicFile.read(path, limit: -5)
      }
      #expect(throws: SecureMemoryError.fileTooLarge(path: path, limit: 2)) {
        try AtomicFile.read(path, limit: 2)
      }
      #expect(throws: SecureMemoryError.fileTooLarge(path: "/dev/zero", limit: 100_000)) {
        try AtomicFile.read("/dev/zero", limit: 100_000)
      }
      #expect(throws: SecureMemoryError.fileTooLarge(path: "/dev/zero", limit: 100)) {
        try AtomicFile.readSecret("/dev/zero", limit: 100)
      }
      let secret = try AtomicFile.readSecret(path, limit: 3)
      #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3])
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    try inFolder { folder in
      func refusesReading(_ path: String) {
        for read in [
          { _ = try AtomicFile.read(path, limit: 10) },
          { _ = try AtomicFile.readSecret(path, limit: 10) },
        ] {
          let error = #expect(throws: SecureMemoryError.self) { try read() }
          guard case .cannotRead(path: path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
          }
          #expect(error?.description.hasPrefix("\(path): cannot be read: ") == true)
        }
      }
      func refusesWriting(_ path: String, _ write: () throws -> Void) {
        let error = #expect(throws: SecureMemoryError.self) { try write() }
        guard case .cannotCreate(path: path, _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(error?.description.hasPrefix("\(path): cannot be written: ") == true)
      }
      let inner = folder + "/inner"
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
      let loop = folder + "/loop"
      try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
      refusesReading(inner)
      refusesReading(loop)
      refusesWriting(inner) {
        try AtomicFile.write([1], to: inner, permissions: 0o600, replacing: true)
      }
      for path in [inner, loop, "/dev/null"] {
        refusesWriting(path) { try AppendedFile.write([1], to: path, at: 0) }
      }
      refusesWriting(inner) { _ = try FileLock(path: inner) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  @Test func emptyAndMissingFiles() throws {
    try inFolder { folder in
      let path = folder + "/file"
      #expect(throws: SecureMemoryError.noSuchFile(path: path)) {
        try AtomicFile.read(path, limit: 1)
      }
      #expect(throws: SecureMemoryError.noSuchFile(path: path + "/below")) {
        try AtomicFile.readSecret(path + "/below", limit: 1)
      }
      try AtomicFile.write([], to: path, permissions: 0o644, replacing: false)
      #expect(try AtomicFile.read(path, limit: 0).isEmpty)
      #expect {
        try AtomicFile.read(folder, limit: 1 << 20)
      } throws: { error in
        guard case .cannotRead = error as? SecureMemoryError else { return false }
        return true
      }
    }
  }
}
