import ArgumentParser
import Cryptally
import Paillier

/// `cryptally paillier decrypt`.
struct PaillierDecryptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decrypt", abstract: "Decrypt numbers, or a column of a CSV file.",
    discussion: """
      Prints one number a line. A number that grew too large for the key is an error and never a \
      wrong number.

        cryptally paillier decrypt sum --secret-key keys/secret.key --scale 2
        cryptally paillier decrypt --csv encrypted.csv --column PAID --out decrypted.csv \
      --secret-key keys/secret.key --scale 2
      """)

  @Argument(help: "A ciphertext, or a file with one on each line.")
  var ciphertext: String?

  @OptionGroup var column: ColumnOptions

  @Option(help: ArgumentHelp("The CSV file to write, with --csv.", valueName: "file"))
  var out: String?

  @Option(
    name: .customLong("secret-key"),
    help: ArgumentHelp("The secret key, ours or python-paillier's.", valueName: "file"))
  var secretKey: String

  @OptionGroup var passphrase: PassphraseOptions

  @OptionGroup var numbers: NumberOptions

  func validate() throws {
    guard (ciphertext == nil) != (column.source == nil) else {
      throw ValidationError("Give either a ciphertext or --csv and --column.")
    }
    guard (out == nil) == (column.source == nil) else {
      throw ValidationError("--csv and --out go together.")
    }
  }

  func run() throws {
    if let out { try OutputPath(out).checkIsFree() }
    let key = try PaillierKeyFile.secretKey(secretKey, passphrase: passphrase)
    if let source = column.source, let out {
      let rewrite = ColumnRewrite(
        csv: source.csv, column: source.column, out: out, permissions: 0o600)
      let count = try rewrite.run { cells in
        try texts(
          of: cells.map {
            try numbers.format.number($0.text, key: key.publicKey, source: $0.place)
          }, key: key, places: cells.map(\.place))
      }
      StandardStreams.print("\(out): \(FigureText.count(count, "record"))")
    } else if let ciphertext {
      let encrypted = try CiphertextArgument(ciphertext).numbers(
        numbers.format, key: key.publicKey)
      let places = encrypted.indices.map { "ciphertext \($0 + 1)" }
      StandardStreams.print(try texts(of: encrypted, key: key, places: places))
    }
  }

  /// All at once, on all cores.
  private func texts(
    of encrypted: [EncryptedNumber], key: PrivateKey, places: [String]
  ) throws -> [String] {
    let plaintexts = try key.decrypt(encrypted.map(\.ciphertext))
    return try plaintexts.indices.map { index in
      do {
        return numbers.text(
          of: try EncodedNumber(
            mantissa: key.publicKey.signed(plaintexts[index]),
            exponent: encrypted[index].exponent))
      } catch {
        throw CommandFailure(CommandFailure(error).status, "\(places[index]): \(error)")
      }
    }
  }
}
