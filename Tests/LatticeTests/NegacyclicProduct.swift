/// a · b modulo X^N + 1 and q by the definition, in plain 128-bit arithmetic, independent of the kernels.
func negacyclicProduct(_ a: [UInt64], _ b: [UInt64], _ q: UInt64) -> [UInt64] {
  var result = [UInt64](repeating: 0, count: a.count)
  for i in a.indices {
    for j in b.indices {
      let product = UInt64(UInt128(a[i]) * UInt128(b[j]) % UInt128(q))
      let k = (i + j) % a.count
      result[k] =
        i + j < a.count
        ? UInt64((UInt128(result[k]) + UInt128(product)) % UInt128(q))
        : UInt64((UInt128(result[k]) + UInt128(q) - UInt128(product)) % UInt128(q))
    }
  }
  return result
}
