import ArgumentParser
import BigInteger
import Cryptally
import Paillier

/// How numbers are written, encrypted and in clear.
struct NumberOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How encrypted numbers are written: base64, or json as python-paillier does.",
      discussion: "In json a number carries its own power of 16 in clear, so that --scale does not "
        + "apply; decimals must end in binary too, as 2.5 does."))
  var format = NumberFormat.base64

  @Option(
    help: ArgumentHelp(
      "The digits after the point, 0 to 38. It is not in the ciphertext: give it again to decrypt.",
      valueName: "digits"))
  var scale: DecimalScale?

  func validate() throws {
    guard format == .base64 || scale == nil else {
      throw ValidationError("--scale does not apply to --format json.")
    }
  }

  /// - Parameter source: where the text stands, for errors.
  /// - Throws: `CommandFailure`; it does not show the number.
  func number(_ text: String, source: String) throws(CommandFailure) -> EncodedNumber {
    do {
      switch format {
      case .base64:
        return try EncodedNumber(
          mantissa: (scale ?? .whole).integer(of: text), exponent: 0)
      case .json: return try EncodedNumber(exactly: text)
      }
    } catch {
      throw CommandFailure(.badData, "\(source): \(error)")
    }
  }

  func text(of number: EncodedNumber) -> String {
    switch format {
    case .base64: (scale ?? .whole).text(of: number.mantissa)
    case .json: number.decimal
    }
  }
}

extension DecimalScale: ExpressibleByArgument {
  /// Nil for anything but a number of digits that is admitted.
  public init?(argument: String) {
    guard let digits = Int(argument), let scale = try? DecimalScale(digits: digits) else {
      return nil
    }
    self = scale
  }
}
