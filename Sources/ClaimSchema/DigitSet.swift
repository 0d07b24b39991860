/// A set of values of an indexed column, as a tree over its digits.
///
/// Level 0 splits by the first digit's value, and so on; a subtree that is full or empty is one
/// case. The form is canonical: a split never has children that are all `.all` or all `.none`, so
/// equal sets are equal trees.
public indirect enum DigitSet: Hashable, Sendable {
  case none
  case all
  /// One child for each value of this level's digit.
  case split([DigitSet])
}
