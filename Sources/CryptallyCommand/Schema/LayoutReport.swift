import BFV
import Cryptally
import Paillier

/// What keys and tables of a layout are: parameters, why these, sizes.
struct LayoutReport {
  private let layout: TableLayout

  init(_ layout: TableLayout) { self.layout = layout }

  /// - Throws: `ParameterError` for parameters that no key can have.
  func add(to table: inout TextTable) throws {
    if let parameters = layout.parameters {
      table.add("lattice", LayoutReport.text(of: parameters))
      table.add("", reasoning(parameters))
    }
    if let packing = layout.packing {
      table.add("paillier", LayoutReport.text(of: packing))
    }
    table.add("depth", depthText)
    table.add("chunk", try chunkText)
    table.add("record", try recordText)
  }

  /// One line, such as `keys generate` and `inspect` show too.
  static func text(of parameters: EncryptionParameters) -> String {
    let count = parameters.ciphertextModuli.count
    let sizes = Set(parameters.ciphertextModuli.map(bitCount)).sorted().map(String.init)
    let bits = sizes.joined(separator: " and ")
    let whole = Int(parameters.log2Modulus.rounded(.up))
    let limit = SecurityTable.maximumModulusBits(degree: parameters.degree)
    let security =
      limit.map { "of the \($0) that 128-bit security admits" } ?? "outside the security table"
    return
      "ring degree \(parameters.degree), \(FigureText.count(count, "prime")) of \(bits) bits and a "
      + "special prime: \(whole) bits \(security); plaintext modulus of "
      + "\(bitCount(parameters.plaintextModulus)) bits"
  }

  static func text(of packing: RecordPacking) -> String {
    "\(packing.modulusBitCount) bits, \(FigureText.count(packing.measures.count, "column")) in "
      + "\(FigureText.count(packing.blockCount, "ciphertext")) for each record"
  }

  private func reasoning(_ parameters: EncryptionParameters) -> String {
    let split = layout.summedValues.filter { layout.limbCount(of: $0) > 1 }
    let limbs = split.map { "\($0.text) in \(layout.limbCount(of: $0))" }
    return
      "the smallest that hold \(layout.schema.depth == 0 ? "no products" : "products of \(1 << layout.schema.depth) factors") and sums over "
      + FigureText.count(layout.schema.capacity, "record")
      + (limbs.isEmpty ? "" : "; values are split into parts: \(limbs.joined(separator: ", "))")
  }

  private var depthText: String {
    let depth = layout.schema.depth
    return
      "\(depth): products of up to \(FigureText.count(1 << depth, "factor")), the summed value "
      + "included"
  }

  /// Bytes of one chunk's lattice ciphertexts.
  private var chunkByteCount: Int {
    get throws {
      guard let parameters = layout.parameters else { return 0 }
      let size = try BFV.Ciphertext.serializedByteCount(
        context: Context(parameters), level: parameters.ciphertextModuli.count)
      return size * layout.latticeColumns.count
    }
  }

  private var paillierByteCount: Int {
    layout.packing.map { $0.blockCount * ((2 * $0.modulusBitCount + 7) / 8) } ?? 0
  }

  private var chunkText: String {
    get throws {
      guard let parameters = layout.parameters else { return "no lattice ciphertexts" }
      return "\(FigureText.count(parameters.degree, "record")), "
        + FigureText.count(layout.latticeColumns.count, "ciphertext column") + ", "
        + FigureText.bytes(try chunkByteCount)
    }
  }

  private var recordText: String {
    get throws {
      let slots = layout.parameters?.degree ?? 1
      let size = try (chunkByteCount + slots - 1) / slots + paillierByteCount
      return FigureText.bytes(size) + (layout.parameters == nil ? "" : " in a full chunk")
    }
  }

  private static func bitCount(_ modulus: UInt64) -> Int {
    UInt64.bitWidth - modulus.leadingZeroBitCount
  }
}
