import Foundation
import Testing

/// Two pairs of Paillier keys, made once by the command itself: `keys` sealed, `foreign` in
/// python-paillier's format.
final class PaillierWorkshop: Sendable {
  static let shared = Result { try PaillierWorkshop() }

  let folder: URL
  /// What `keygen` printed.
  let generated: CommandRun
  let foreign: CommandRun

  private init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-paillier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("correct horse\n".utf8).write(to: folder.appendingPathComponent("passphrase"))
    generated = try CommandRun.run(
      [
        "paillier", "keygen", "--bits", "2048", "--out", "keys", "--passphrase-file", "passphrase",
      ], in: folder)
    foreign = try CommandRun.run(
      ["paillier", "keygen", "--bits", "2048", "--out", "foreign", "--format", "json"], in: folder)
    self.folder = folder
    PaillierWorkshop.removeAtExit(folder)
  }

  private nonisolated(unsafe) static var toRemove: [URL] = []

  private static func removeAtExit(_ folder: URL) {
    toRemove.append(folder)
    atexit {
      for folder in PaillierWorkshop.toRemove { try? FileManager.default.removeItem(at: folder) }
    }
  }
}

/// A test's own folder with the keys in it, removed when the test is over.
struct PaillierBench: ~Copyable {
  let folder: URL

  init() throws {
    let workshop = try PaillierWorkshop.shared.get()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-paillier-bench-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: workshop.folder, to: folder)
    self.folder = folder
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: path(name))) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name).path) }

  func put(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: path(name)) }

  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name).path)
    return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
  }

  func run(_ arguments: [String]) throws -> CommandRun {
    try CommandRun.run(["paillier"] + arguments, in: folder)
  }

  /// Under the public key of a folder.
  func encrypt(_ arguments: String..., key: String = "keys/public.key") throws -> CommandRun {
    try run(["encrypt", "--public-key", key] + arguments)
  }

  func add(_ arguments: String..., key: String = "keys/public.key") throws -> CommandRun {
    try run(["add", "--public-key", key] + arguments)
  }

  func multiply(_ arguments: String..., key: String = "keys/public.key") throws -> CommandRun {
    try run(["multiply", "--public-key", key] + arguments)
  }

  /// With the sealed key.
  func decrypt(_ arguments: String...) throws -> CommandRun {
    try run(
      ["decrypt", "--secret-key", "keys/secret.key", "--passphrase-file", "passphrase"] + arguments)
  }

  /// With the key in python-paillier's format.
  func decryptForeign(_ arguments: String...) throws -> CommandRun {
    try run(["decrypt", "--secret-key", "foreign/private.json", "--format", "json"] + arguments)
  }
}
