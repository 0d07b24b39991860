/// One cell of a clear column, equal only to the same bytes; NULL comes before every text.
struct ClearCell: Hashable, Comparable, Sendable {
  private let text: ExactText?

  init(_ text: String?) { self.text = text.map(ExactText.init) }

  static func < (left: ClearCell, right: ClearCell) -> Bool {
    guard let second = right.text else { return false }
    return left.text.map { $0 < second } ?? true
  }
}
