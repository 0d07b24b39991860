import Lattice
import SecureMemory
import Wire

/// The key that takes a product of three parts back to two.
public struct RelinearizationKey: Sendable {
  let key: KeySwitchKey
  let fingerprint: Digest

  /// The relinearization key of a secret key.
  public init(for secretKey: SecretKey) {
    var source = SystemRandomSource()
    self.init(for: secretKey, insecureForTesting: &source)
  }

  package init(for secretKey: SecretKey, insecureForTesting source: inout some RandomSource) {
    let context = secretKey.context
    key = secretKey.withPolynomial { secret in
      var square = secret
      square.multiply(secret)
      defer { square.wipe() }
      return KeySwitchKey(to: square, under: secret, context: context, using: &source)
    }
    fingerprint = context.fingerprint
  }

  package func write(to writer: inout BoundedWriter) { key.write(to: &writer) }

  package init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    key = try KeySwitchKey(context: context, from: &reader)
    fingerprint = context.fingerprint
  }
}

/// The keys for automorphisms X → X^g: rotations of the slots and packing.
public struct GaloisKeys: Sendable {
  let keys: [Int: KeySwitchKey]
  let permutations: [Int: GaloisPermutation]
  let fingerprint: Digest

  /// Keys for the given automorphisms.
  ///
  /// - Parameter elements: odd numbers from 3 to 2N − 1, such as `rotationElement(by:degree:)` and
  ///   `packingElements(degree:)` give; others are left out.
  public init(for secretKey: SecretKey, elements: Set<Int>) {
    var source = SystemRandomSource()
    self.init(for: secretKey, elements: elements, insecureForTesting: &source)
  }

  package init(
    for secretKey: SecretKey, elements: Set<Int>, insecureForTesting source: inout some RandomSource
  ) {
    let context = secretKey.context
    let degree = context.parameters.degree
    let admitted = elements.filter { $0 & 1 == 1 && $0 > 1 && $0 < 2 * degree }.sorted()
    var keys: [Int: KeySwitchKey] = [:]
    secretKey.withPolynomial { secret in
      for element in admitted {
        var image = secret.permuted(GaloisPermutation(element: element, degree: degree))
        keys[element] = KeySwitchKey(to: image, under: secret, context: context, using: &source)
        image.wipe()
      }
    }
    self.keys = keys
    permutations = GaloisKeys.permutations(admitted, degree: degree)
    fingerprint = context.fingerprint
  }

  /// The key and the permutation for an automorphism.
  func key(
    for element: Int
  ) throws(EvaluationError) -> (KeySwitchKey, GaloisPermutation) {
    guard let key = keys[element], let permutation = permutations[element] else {
      throw .missingGaloisKey(element: element)
    }
    return (key, permutation)
  }

  /// The automorphisms that there are keys for, ascending.
  public var elements: [Int] { keys.keys.sorted() }

  /// The element that rotates both rows by `steps` to the left: with eight slots and one step,
  /// 0 1 2 3 | 4 5 6 7 becomes 1 2 3 0 | 5 6 7 4. Negative steps rotate to the right.
  ///
  /// - Parameter degree: a power of two from 8 to 32768; for others the element is 1, which changes
  ///   nothing.
  public static func rotationElement(by steps: Int, degree: Int) -> Int {
    guard NTTPrimes.isSupported(degree: degree) else { return 1 }
    let rows = degree / 2
    var element = 1
    for _ in 0..<((steps % rows + rows) % rows) { element = element * 3 % (2 * degree) }
    return element
  }

  /// The element that swaps the rows: 0 1 2 3 | 4 5 6 7 becomes 4 5 6 7 | 0 1 2 3.
  ///
  /// - Parameter degree: as for `rotationElement`.
  public static func rowSwapElement(degree: Int) -> Int {
    NTTPrimes.isSupported(degree: degree) ? 2 * degree - 1 : 1
  }

  /// The log2 N elements 2^k + 1 that packing, the trace and slot sums need.
  ///
  /// - Parameter degree: a power of two from 8 to 32768; for others there are none.
  public static func packingElements(degree: Int) -> Set<Int> {
    guard NTTPrimes.isSupported(degree: degree) else { return [] }
    return Set((1...degree.trailingZeroBitCount).map { (1 << $0) + 1 })
  }

  /// The elements that sums over blocks of up to `blockSize` slots of a row need: rotations by 1, 2, 4
  /// and so on.
  public static func blockSumElements(upTo blockSize: Int, degree: Int) -> Set<Int> {
    var elements: Set<Int> = []
    var steps = 1
    while steps < min(blockSize, degree / 2) {
      elements.insert(rotationElement(by: steps, degree: degree))
      steps *= 2
    }
    return elements
  }

  private static func permutations(_ elements: [Int], degree: Int) -> [Int: GaloisPermutation] {
    Dictionary(
      uniqueKeysWithValues: elements.map { ($0, GaloisPermutation(element: $0, degree: degree)) })
  }

  package func write(to writer: inout BoundedWriter) {
    writer.append(UInt32(keys.count))
    for element in elements {
      writer.append(UInt32(element))
      keys[element]?.write(to: &writer)
    }
  }

  package init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    let degree = context.parameters.degree
    let count = try reader.readCount(atMost: degree, field: "number of Galois keys")
    var keys: [Int: KeySwitchKey] = [:]
    var last = 1
    for _ in 0..<count {
      let element = Int(try reader.readUInt32(field: "Galois element"))
      guard element > last, element & 1 == 1, element < 2 * degree else {
        throw reader.invalid(field: "Galois element", problem: "it is out of range or out of order")
      }
      last = element
      keys[element] = try KeySwitchKey(context: context, from: &reader)
    }
    self.keys = keys
    permutations = GaloisKeys.permutations(keys.keys.sorted(), degree: degree)
    fingerprint = context.fingerprint
  }
}
