import Foundation

/// Which cases are run: those whose file, kind, group, comment or flags contain a pattern.
package struct VectorFilter: Sendable {
  private let pattern: String?

  /// - Parameter pattern: text that is looked for regardless of case, `*` standing for anything; nil
  ///   for every case.
  package init(_ pattern: String?) { self.pattern = pattern.map { "*\($0.lowercased())*" } }

  func admits(file: String, kind: String, group: String, _ vector: VectorCaseHeader) -> Bool {
    guard let pattern else { return true }
    let text = ([file, kind, group, vector.comment] + vector.flags).joined(separator: " ")
    return fnmatch(pattern, text.lowercased(), 0) == 0
  }
}
