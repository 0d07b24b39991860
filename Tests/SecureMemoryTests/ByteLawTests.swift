import SecureMemory
import Testing
import _TestSupport

/// Bytes come back from every form that they are written in.
@Suite struct ByteLawTests {
  @Test(arguments: [Base64.standard, .urlSafe]) func base64GoesBothWays(form: Base64) throws {
    try Property("base64 has one text for bytes, and bytes for that text alone", runs: 2000) {
      ($0.bytes(count: 0...20), $0.text(of: "AQgw/_-+=Zz9 \n", count: 0...9))
    } holds: { bytes, text in
      try agree(form.bytes(of: form.text(of: bytes)), bytes, "the bytes")
      // Whatever else is taken is what would have been written.
      if let read = form.bytes(of: text) { try agree(form.text(of: read), text, "the text") }
    }.check()
  }

  @Test func digestsGoBothWays() throws {
    try Property("a digest is read from its bytes and its text", runs: 500) {
      $0.bytes(count: 0...40)
    } holds: { bytes in
      let digest = Digest.of(bytes, domain: "byte laws")
      try agree(Digest(bytes: digest.bytes), digest, "from bytes")
      try agree(Digest(hexadecimal: digest.hexadecimal), digest, "from text")
      try agree(Digest(bytes: bytes) == nil, bytes.count != Digest.byteCount, "other counts")
    }.check()
  }

  /// The same stream of bytes however it is asked for, and copies go on from where they were made.
  @Test func expandedBytesDoNotDependOnHowTheyAreAskedFor() throws {
    struct Reads: CustomStringConvertible {
      let seed: [UInt8]
      let counts: [Int]
      let copyAfter: Int
      var description: String { "seed \(seed), reads of \(counts), copied after \(copyAfter)" }
    }
    // Around a block of the cipher and around what is buffered.
    let sizes = [1, 0, 3, 63, 64, 65, 1000, 16_383, 16_384, 16_385, 40_000]
    try Property("a seed's bytes are one stream", runs: 300) { choices in
      let counts = choices.array(count: 0...6) { $0.element(of: sizes) }
      return Reads(
        seed: choices.bytes(count: 0...3), counts: counts,
        copyAfter: choices.pick(counts.count + 1))
    } holds: { made in
      var whole = SeedExpander(seed: made.seed, domain: "byte laws")
      let expected = whole.bytes(made.counts.reduce(0, +))
      var parts = SeedExpander(seed: made.seed, domain: "byte laws")
      var found: [UInt8] = []
      var copied: [UInt8]?
      for (index, count) in made.counts.enumerated() {
        if index == made.copyAfter {
          var copy = parts
          copied = found + copy.bytes(expected.count - found.count)
        }
        found += parts.bytes(count)
      }
      try hold(found == expected, "the parts are not the whole")
      try hold(copied.map { $0 == expected } ?? true, "the copy does not go on as its original")
    }.check()
  }

  @Test func boxesOpenWithTheirKeyAlone() throws {
    struct Box: CustomStringConvertible {
      let message: [UInt8]
      let associated: [UInt8]
      let position: Int
      var description: String { "\(message) with \(associated), changed at \(position)" }
    }
    let key = SigningKey().derivedKey(domain: "byte laws")
    let other = SigningKey().derivedKey(domain: "byte laws")
    try Property("a sealed message opens with its key, its data and no change", runs: 300) {
      choices in
      let message = choices.bytes(count: 0...40)
      return Box(
        message: message, associated: choices.bytes(count: 0...5),
        position: choices.pick(message.count + KeyedBox.overheadByteCount))
    } holds: { made in
      let sealed = KeyedBox.seal(made.message, key: key, associatedData: made.associated)
      try agree(
        sealed.count, made.message.count + KeyedBox.overheadByteCount, "the size")
      func opened(_ bytes: [UInt8], _ key: DerivedKey, _ data: [UInt8]) -> [UInt8]? {
        KeyedBox.open(bytes[...], key: key, associatedData: data)
      }
      try agree(opened(sealed, key, made.associated), made.message, "the message")
      try agree(opened(sealed, other, made.associated), nil, "with another key")
      try agree(opened(sealed, key, made.associated + [0]), nil, "with other data")
      var changed = sealed
      changed[made.position] ^= 1
      try agree(opened(changed, key, made.associated), nil, "changed")
    }.check()
  }
}
