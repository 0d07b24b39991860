import ArgumentParser
import BigInteger
import Cryptally
import Paillier

/// `cryptally paillier encrypt`.
struct PaillierEncryptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encrypt", abstract: "Encrypt numbers, or a column of a CSV file.",
    discussion: """
      Prints one ciphertext a line. Numbers on the command line can be seen by others on the \
      machine while the command runs; put those that matter in a file. Negative numbers follow \
      after `--`.

        cryptally paillier encrypt --public-key keys/public.key --scale 2 -- 12.50 -3.25
        cryptally paillier encrypt --csv claims.csv --column PAID --out encrypted.csv \
      --public-key keys/public.key --scale 2
      """)

  @Argument(help: "Integers, or decimals with --scale.")
  var number: [String] = []

  @OptionGroup var column: ColumnOptions

  @Option(help: ArgumentHelp("The CSV file to write, with --csv.", valueName: "file"))
  var out: String?

  @OptionGroup var publicKey: PaillierPublicKeyOptions

  @OptionGroup var numbers: NumberOptions

  func validate() throws {
    guard number.isEmpty != (column.source == nil) else {
      throw ValidationError("Give either numbers or --csv and --column.")
    }
    guard (out == nil) == (column.source == nil) else {
      throw ValidationError("--csv and --out go together.")
    }
  }

  func run() throws {
    if let out { try OutputPath(out).checkIsFree() }
    let encryptor = Encryptor(publicKey: try publicKey.key())
    if let source = column.source, let out {
      let rewrite = ColumnRewrite(
        csv: source.csv, column: source.column, out: out, permissions: 0o644)
      let count = try rewrite.run { cells in
        try encrypt(cells.map { ($0.text, $0.place) }, with: encryptor)
      }
      StandardStreams.print("\(out): \(FigureText.count(count, "record"))")
    } else {
      let texts = number.enumerated().map { ($1, "number \($0 + 1)") }
      StandardStreams.print(try encrypt(texts, with: encryptor))
    }
  }

  /// All at once, on all cores.
  private func encrypt(
    _ texts: [(text: String, place: String)], with encryptor: Encryptor
  ) throws -> [String] {
    let key = encryptor.publicKey
    let encoded = try texts.map { try numbers.number($0.text, source: $0.place) }
    let plaintexts = try zip(encoded, texts).map { number, text in
      do {
        return try key.plaintext(signed: number.mantissa)
      } catch {
        throw CommandFailure(
          .badData, "\(text.place): the number is too large for a key of \(key.bitCount) bits")
      }
    }
    return try zip(encryptor.encrypt(plaintexts), encoded).map { ciphertext, number in
      try numbers.format.text(
        of: EncryptedNumber(ciphertext: ciphertext, exponent: number.exponent), key: key)
    }
  }
}
