import ClaimKeys
import ClaimSchema
import EncryptedTable
import Foundation
import Testing

/// How a file is read is no part of the table, but it is a part of an unfinished run.
@Suite struct ReadingRulesTests {
  private static func schema(_ head: String) throws -> Schema {
    try Schema.parse(yaml: TestClaim.schema + head, source: "own.yaml")
  }

  private func encrypt(
    _ schema: Schema, _ path: String, _ provider: TestProvider,
    _ options: EncryptionOptions = EncryptionOptions()
  ) async throws -> EncryptionReport {
    try await TableEncryption(schema: schema, publicKeys: provider.keys.publicKeys).encrypt(
      path, into: provider.folder.table, options: options)
  }

  @Test func filesThatAreReadInOtherWaysGoIntoOneTable() async throws {
    let provider = try TestProvider(.small)
    let first = TestClaim.random(20, seed: 81)
    let second = TestClaim.random(20, seed: 82)
    try await provider.encrypt(provider.write(TestClaim.csv(first), as: "a.csv"))
    let schema = try Self.schema("\nnull_tokens: [\"\"]\ndelimiter: comma\nfhir: { x: id }\n")
    let path = try provider.write(TestClaim.csv(second), as: "b.csv")
    _ = try await encrypt(schema, path, provider, EncryptionOptions(appends: true))
    try provider.expectTable(holds: first + second)
  }

  /// The same claims must not be counted twice because they are read in another way.
  @Test func aFileIsTakenOnceHoweverItIsRead() async throws {
    let provider = try TestProvider(.small)
    let path = try provider.write(TestClaim.csv(TestClaim.random(20, seed: 83)))
    try await provider.encrypt(path)
    let schema = try Self.schema("\nnull_tokens: [\"\"]\n")
    await #expect(throws: TableError.sourceAlreadyTaken(path: provider.folder.table)) {
      try await encrypt(schema, path, provider, EncryptionOptions(appends: true))
    }
  }

  @Test func theIdentityTellsWaysOfReadingApart() throws {
    let provider = try TestProvider(.small)
    let claims = TestClaim.random(150, seed: 84)
    let path = try provider.write(TestClaim.csv(claims))
    let identity = { (schema: Schema) throws in
      try SourceIdentity(contentsOf: path, schema: schema)
    }
    let other = try Self.schema("\nnull_tokens: [\"\"]\n")
    #expect(try identity(provider.schema) == identity(provider.schema))
    #expect(try identity(provider.schema).digest == identity(other).digest)
    #expect(try identity(provider.schema).reading != identity(other).reading)
    // Companions are a part of how a file is read.
    let members = try provider.write("id\n1\n", as: "members.csv")
    let options = ReadingOptions(companions: ["members": members])
    let before = try SourceIdentity(contentsOf: path, schema: other, options: options)
    _ = try provider.write("id\n2\n", as: "members.csv")
    let after = try SourceIdentity(contentsOf: path, schema: other, options: options)
    #expect(before.reading != after.reading && before.digest == after.digest)
  }
}
