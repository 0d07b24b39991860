import BFV
import Cryptally

/// How large the keys of a layout are.
struct KeySizeReport {
  private let layout: TableLayout

  init(_ layout: TableLayout) { self.layout = layout }

  /// - Throws: `ParameterError` for parameters that no key can have.
  func add(to table: inout TextTable) throws {
    guard let parameters = layout.parameters else { return }
    let context = try Context(parameters)
    let switching = KeySwitchKey.serializedByteCount(context: context)
    let galois =
      layout.needsPacking ? GaloisKeys.packingElements(degree: parameters.degree).count : 0
    table.add(
      "keys",
      "public \(FigureText.bytes(PublicKey.serializedByteCount(context: context))), evaluation "
        + "about \(FigureText.bytes(switching * (1 + galois)))"
        + (galois > 0 ? ", \(galois) Galois keys for packing many groups among them" : ""))
  }
}
