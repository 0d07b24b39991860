/// Inputs of decoders that once were taken wrongly.
struct DecoderVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let decoder: String
  }

  struct Case: Decodable, Sendable {
    let input: [Part]
  }

  /// A piece of an input, in bytes or as text, that may stand there many times.
  struct Part: Decodable, Sendable {
    let bytes: HexBytes?
    let text: String?
    let times: Int?
  }

  static let name = "format.decoder"

  private let check: any DecoderCheck

  init(_ group: Group) throws {
    guard let check = DecoderCatalog.check(named: group.decoder) else {
      throw DecoderDefect("there is no decoder \(group.decoder)")
    }
    self.check = try check.init()
  }

  func run(_ vector: Case) throws {
    try check.run(
      vector.input.flatMap { part in
        let piece = part.bytes?.bytes ?? Array((part.text ?? "").utf8)
        return Array(repeatElement(piece, count: max(part.times ?? 1, 0)).joined())
      })
  }
}
