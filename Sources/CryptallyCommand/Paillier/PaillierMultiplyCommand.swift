import ArgumentParser
import Cryptally
import Paillier

/// `cryptally paillier multiply`.
struct PaillierMultiplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "multiply",
    abstract: "Multiply an encrypted number by a number in clear, without any secret.",
    discussion: """
      Prints the encrypted product. A factor with --scale adds its scale to the product's: decrypt \
      with the sum of both. Multiplying by 0 gives a fresh encryption of 0.

        cryptally paillier multiply sum --by -3 --public-key keys/public.key > product
      """)

  @Argument(help: "A ciphertext, or a file with one on each line.")
  var ciphertext: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The factor.", valueName: "number"))
  var by: String

  @OptionGroup var publicKey: PaillierPublicKeyOptions

  @OptionGroup var numbers: NumberOptions

  func run() throws {
    let key = try publicKey.key()
    let factor = try numbers.number(by, source: "--by")
    guard (try? key.plaintext(signed: factor.mantissa)) != nil else {
      throw CommandFailure(
        .badData, "--by: the number is too large for a key of \(key.bitCount) bits")
    }
    let evaluator = Evaluator(publicKey: key)
    for number in try CiphertextArgument(ciphertext).numbers(numbers.format, key: key) {
      let product = try evaluator.multiply(number, by: factor)
      let fresh = try EncryptedNumber(
        ciphertext: evaluator.rerandomize(product.ciphertext), exponent: product.exponent)
      StandardStreams.print(try numbers.format.text(of: fresh, key: key))
    }
  }
}
