import Foundation

/// Files of test vectors, as far as they are read before a case is run.
struct VectorFileCheck: DecoderCheck {
  static let name = "vectors.file"
  static let refusals: [any Error.Type] = [VectorFileError.self, DecodingError.self]

  func seeds() -> [[UInt8]] {
    [
      """
      {"format":1,"kind":"memory.digest","description":"d","case_count":1,"flags":{"F":"f"},
      "groups":[{"name":"g","cases":[{"id":1,"comment":"c","flags":["F"],"domain":"d","data":"00",
      "digest":"00","result":"invalid","error":{"type":"E","text":"t"}}]}]}
      """
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let file = try VectorFileReader(Data(input))
    for kind in VectorCatalog.kinds where kind.name == file.header.kind {
      try VectorFileCheck.read(file, kind)
    }
  }

  private static func read<Kind: VectorKind>(
    _ file: VectorFileReader, _ kind: Kind.Type
  ) throws {
    _ = try file.groups(of: kind)
  }
}
