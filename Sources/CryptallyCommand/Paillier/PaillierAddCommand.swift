import ArgumentParser
import Cryptally
import Paillier

/// `cryptally paillier add`.
struct PaillierAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add up encrypted numbers, without any secret.",
    discussion: """
      Prints the encrypted sum. All numbers must have one scale.

        cryptally paillier add january february --public-key keys/public.key > sum
        cryptally paillier add --csv encrypted.csv --column PAID --public-key keys/public.key > sum
      """)

  @Argument(help: "Ciphertexts, or files with one on each line.")
  var ciphertext: [String] = []

  @OptionGroup var column: ColumnOptions

  @OptionGroup var publicKey: PaillierPublicKeyOptions

  @Option(help: "How encrypted numbers are written.")
  var format = NumberFormat.base64

  private static let recordsAtATime = 512

  func validate() throws {
    guard ciphertext.isEmpty != (column.source == nil) else {
      throw ValidationError("Give either ciphertexts or --csv and --column.")
    }
  }

  func run() throws {
    let key = try publicKey.key()
    var total = EncryptedTotal(publicKey: key)
    for argument in ciphertext {
      for number in try CiphertextArgument(argument).numbers(format, key: key) {
        try total.add(number)
      }
    }
    if let source = column.source {
      let reader = try ColumnReader(path: source.csv, column: source.column)
      while true {
        let cells = try reader.next(PaillierAddCommand.recordsAtATime)
        if cells.isEmpty { break }
        for cell in cells {
          try total.add(try format.number(cell.text, key: key, source: cell.place))
        }
      }
    }
    StandardStreams.print(try format.text(of: total.total(), key: key))
  }
}
