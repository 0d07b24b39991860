import Foundation
import Testing

/// Where passphrases come from, and what is said when there is none.
@Suite struct PassphraseTests {
  private func decrypt(
    _ bench: borrowing Bench, _ options: [String] = [], environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun.run(
      ["decrypt", "answer.enc", "--secret-key", "keys/secret.key"] + options, in: bench.folder,
      environment: environment)
  }

  @Test func fileBeforeEnvironmentAndNoneIsAnError() throws {
    let bench = try Bench()
    #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
    let wrong = ["CRYPTALLY_PASSPHRASE": "wrong"]
    expectFailure(
      try decrypt(bench, environment: wrong), 77, mentioning: "keys/secret.key", "wrong passphrase")
    let byFile = try decrypt(bench, ["--passphrase-file", "passphrase"], environment: wrong)
    #expect(byFile.status == 0, "\(byFile.errors)")
    expectFailure(try decrypt(bench), 64, mentioning: "--passphrase-file", "CRYPTALLY_PASSPHRASE")
    expectFailure(
      try decrypt(bench, environment: ["CRYPTALLY_PASSPHRASE": ""]), 64, mentioning: "empty")
    try bench.put("\nsecond line\n".utf8, "empty")
    expectFailure(
      try decrypt(bench, ["--passphrase-file", "empty"]), 64, mentioning: "empty")
    expectFailure(try decrypt(bench, ["--passphrase-file", "none"]), 66, mentioning: "none")
    expectFailure(try decrypt(bench, ["--passphrase", "x"]), 64)
  }

  @Test func keysAreNeverOverwrittenAndNeverHalfMade() throws {
    let bench = try Bench()
    let before = try bench.bytes("keys/secret.key")
    let generate = { (out: String, schema: String, environment: [String: String]) in
      try CommandRun.run(
        ["keys", "generate", "--schema", schema, "--out", out], in: bench.folder,
        environment: environment)
    }
    let passphrase = ["CRYPTALLY_PASSPHRASE": "x"]
    expectFailure(try generate("keys", "schema.yaml", passphrase), 73, mentioning: "keys/")
    #expect(try bench.bytes("keys/secret.key") == before)
    expectFailure(try generate("passphrase", "schema.yaml", passphrase), 73)
    expectFailure(
      try generate("new", "counts.schema.yaml", passphrase), 77, mentioning: "--no-suppression")
    expectFailure(try generate("new", "schema.yaml", [:]), 64)
    expectFailure(try generate("new", "none.yaml", passphrase), 66)
    try bench.put("table: claims\ncapacity: many\n".utf8, "bad.yaml")
    expectFailure(try generate("new", "bad.yaml", passphrase), 65, mentioning: "bad.yaml:")
    #expect(!FileManager.default.fileExists(atPath: bench.path("new/secret.key").path))
    expectFailure(try bench.run("keys", "nonsense"), 64)
    expectFailure(try bench.run("encrypt", "claims.csv"), 64)
  }

  #if os(Linux)
    /// Elsewhere a terminal that is opened does not become the child's own.
    @Test func theTerminalIsAskedWithoutEcho() throws {
      let bench = try Bench()
      #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
      var master: Int32 = -1
      var slave: Int32 = -1
      try #require(openpty(&master, &slave, nil, nil, nil) == 0)
      defer { close(master) }
      let terminal = String(cString: try #require(ttyname(slave)))
      let child = try CommandRun.start(
        ["decrypt", "answer.enc", "--secret-key", "keys/secret.key", "--format", "json"],
        in: bench.folder,
        input: terminal)
      close(slave)
      var seen: [UInt8] = []
      func read(until text: String) {
        while !String(decoding: seen, as: UTF8.self).contains(text) {
          var buffer = [UInt8](repeating: 0, count: 256)
          let count = Foundation.read(master, &buffer, buffer.count)
          guard count > 0 else { return }
          seen += buffer.prefix(count)
        }
      }
      read(until: "secret.key: ")
      // A slip is taken back with the delete character.
      let typed = Array("correct hors\u{00E9}\u{7F}e\n".utf8)
      _ = write(master, typed, typed.count)
      read(until: "\n")
      let run = try child.wait()
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("[[200]]"))
      #expect(!String(decoding: seen, as: UTF8.self).contains("correct"))
    }
  #endif
}
