import Foundation

/// One kind of test vectors: what the fields of its groups and cases are, and how a case is run.
///
/// A runner is made once for each group, so that what the group's cases share (keys, a ring) is made
/// once.
package protocol VectorKind: Sendable {
  /// The fields of a group beside `name` and `cases`.
  associatedtype Group: Decodable & Sendable
  /// The fields of a case beside those that all kinds have.
  associatedtype Case: Decodable & Sendable

  /// The name in the file's field `kind`, such as `lattice.transform`.
  static var name: String { get }

  /// Makes what the cases of a group share.
  init(_ group: Group) throws

  /// The same for kinds whose groups name files beside the vectors.
  ///
  /// - Parameter folder: the folder of all vectors.
  init(_ group: Group, folder: URL) throws

  /// Runs one case. Returns when everything is as the vector says.
  ///
  /// - Throws: ``VectorMismatch`` for a value that differs (see ``VectorCheck``); any other error is
  ///   the refusal that a case with the result `invalid` expects.
  func run(_ vector: Case) async throws
}

extension VectorKind {
  package init(_ group: Group, folder: URL) throws { try self.init(group) }
}
