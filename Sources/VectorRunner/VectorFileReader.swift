import Foundation

/// Takes a file of vectors apart and checks what holds of all kinds.
struct VectorFileReader {
  let header: VectorFileHeader
  private let data: Data
  private let decoder: JSONDecoder

  /// - Throws: `DecodingError`, ``VectorFileError/format(found:)``.
  init(_ data: Data) throws {
    decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self.data = data
    header = try decoder.decode(VectorFileHeader.self, from: data)
    guard header.format == VectorFileHeader.format else {
      throw VectorFileError.format(found: header.format)
    }
  }

  /// The groups of a file of this kind.
  ///
  /// - Throws: `DecodingError`, ``VectorFileError``.
  func groups<Kind: VectorKind>(of kind: Kind.Type) throws -> [VectorGroup<Kind>] {
    let groups = try decoder.decode(VectorGroups<Kind>.self, from: data).groups
    let cases = groups.flatMap(\.cases)
    guard cases.map(\.header.id).elementsEqual(1...max(header.caseCount, 1)) else {
      throw VectorFileError.numbers(expected: header.caseCount)
    }
    for flag in Set(cases.flatMap(\.header.flags)).sorted() where header.flags[flag] == nil {
      throw VectorFileError.unexplained(flag: flag)
    }
    return groups
  }
}

/// Why a file of vectors is none.
enum VectorFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Of another version of the format.
  case format(found: Int)
  /// Cases that are not counted from 1.
  case numbers(expected: Int)
  /// A flag of a case whose meaning the file does not say.
  case unexplained(flag: String)

  var description: String {
    switch self {
    case .format(let found):
      "format \(found); this program reads format \(VectorFileHeader.format)"
    case .numbers(let expected): "the cases are not numbered from 1 to \(expected)"
    case .unexplained(let flag): "the flag \(flag) is not explained"
    }
  }
}
