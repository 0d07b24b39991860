import Foundation

/// What every file of test vectors says before its groups. The format is described in
/// Vectors/README.md.
package struct VectorFileHeader: Decodable, Sendable {
  /// The format that this program reads.
  package static let format = 1

  /// The version of the format.
  package let format: Int
  /// What the cases are about; names a ``VectorKind``.
  package let kind: String
  /// What the file is for, in a sentence.
  package let description: String
  /// How many cases there are in all groups.
  package let caseCount: Int
  /// What the flags of the cases mean.
  package let flags: [String: String]
}

/// The groups of a file of one kind.
struct VectorGroups<Kind: VectorKind>: Decodable, Sendable {
  let groups: [VectorGroup<Kind>]
}

/// Cases that share parameters.
struct VectorGroup<Kind: VectorKind>: Decodable, Sendable {
  let name: String
  let parameters: Kind.Group
  let cases: [VectorCase<Kind>]

  private enum CodingKeys: CodingKey {
    case name
    case cases
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    cases = try container.decode([VectorCase<Kind>].self, forKey: .cases)
    parameters = try Kind.Group(from: decoder)
  }
}

/// One case: what all kinds have, and what its kind has.
struct VectorCase<Kind: VectorKind>: Decodable, Sendable {
  let header: VectorCaseHeader
  let content: Kind.Case

  init(from decoder: any Decoder) throws {
    header = try VectorCaseHeader(from: decoder)
    content = try Kind.Case(from: decoder)
  }
}

/// What a case of any kind says.
struct VectorCaseHeader: Decodable, Sendable {
  /// Counts from 1 within the file.
  let id: Int
  let comment: String
  let flags: [String]
  let result: ExpectedResult
  /// Of invalid cases only.
  let error: ExpectedError?
}

/// What an implementation has to do with a case.
enum ExpectedResult: String, Decodable, Sendable {
  /// Give the values of the vector.
  case valid
  /// Refuse with the error of the vector.
  case invalid
  /// Either of the two; the values, if there are any, must be the vector's.
  case acceptable
}

/// The error of an invalid case.
struct ExpectedError: Decodable, Sendable {
  /// The error's type, such as `WireError`.
  let type: String
  /// A part of its text, which names what is wrong and where.
  let text: String

  func matches(_ error: any Error) -> Bool {
    "\(Swift.type(of: error))" == type && "\(error)".contains(text)
  }
}

/// Parameters of a group, or a case, that needs none.
package struct NoFields: Decodable, Sendable {}
