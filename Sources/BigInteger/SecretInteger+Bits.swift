extension SecretInteger {
  /// `count` bits from bit `first` on as a number, at most 63; bits past the width are 0.
  func bits(from first: Int, count: Int) -> UInt {
    let (limb, offset) = (first / UInt.bitWidth, UInt(first % UInt.bitWidth))
    guard limb < limbCount else { return 0 }
    var bits = pointer[limb] >> offset
    if Int(offset) + count > UInt.bitWidth, limb + 1 < limbCount {
      bits |= pointer[limb + 1] << (UInt(UInt.bitWidth) - offset)
    }
    withExtendedLifetime(buffer) {}
    return bits & (1 << UInt(count) - 1)
  }
}
