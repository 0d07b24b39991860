import BFV

/// Slots to plaintexts and back.
struct BatchEncodingVectors: VectorKind {
  typealias Group = BFVRingFields

  struct Case: Decodable, Sendable {
    /// What an automorphism does to the slots.
    struct Image: Decodable, Sendable {
      /// How far both rows move to the left; nil where they are swapped.
      let steps: Int?
      let element: Int
      let values: [SignedHexWord]
      let plaintext: [HexWord]
    }

    /// To be encoded.
    let values: [SignedHexWord]?
    /// To be decoded only.
    let decoded: PlaintextInput?
    let plaintext: [HexWord]?
    let slots: [SignedHexWord]?
    let images: [Image]?
  }

  static let name = "bfv.encoding"

  private let ring: BFVRing

  init(_ group: BFVRingFields) throws { ring = try BFVRing(group) }

  func run(_ vector: Case) throws {
    let encoder = BatchEncoder(ring.context)
    if let decoded = vector.decoded { _ = try encoder.decode(decoded.plaintext(in: ring)) }
    guard let values = vector.values else { return }
    let plaintext = try encoder.encode(values.map(\.value))
    try VectorCheck.equal("plaintext", plaintext.coefficients, vector.plaintext ?? [])
    try VectorCheck.equal("slots", encoder.decode(plaintext), vector.slots?.map(\.value) ?? [])
    for image in vector.images ?? [] { try check(image, encoder) }
  }

  private func check(_ image: Case.Image, _ encoder: BatchEncoder) throws {
    let degree = ring.context.slotCount
    let element =
      image.steps.map { GaloisKeys.rotationElement(by: $0, degree: degree) }
      ?? GaloisKeys.rowSwapElement(degree: degree)
    try VectorCheck.equal("images.element", element, image.element)
    let plaintext = try encoder.encode(image.values.map(\.value))
    try VectorCheck.equal("images.plaintext", plaintext.coefficients, image.plaintext)
  }
}
