import BFV
import Testing
import Wire

@Suite struct ParameterTests {
  @Test func namedSetsAreWithinTheTable() throws {
    for name in NamedParameters.allCases {
      let parameters = try EncryptionParameters.named(name)
      let limit = try #require(SecurityTable.maximumModulusBits(degree: parameters.degree))
      #expect(parameters.log2Modulus <= Double(limit))
    }
  }

  @Test func derivedParametersAreSecureAndHoldTheirWorkload() throws {
    for depth in 0...4 {
      let workload = Workload(
        plaintextBound: 1 << 32, depth: depth, additionsPerFactor: 65 * 25, additionsPerLevel: 4,
        additionsPerTotal: 1 << 10, plaintextProducts: 1, totals: 256)
      let parameters = try EncryptionParameters.derive(for: workload)
      let model = NoiseModel(parameters)
      #expect(model.decrypts(model.deepestTotal(of: workload), level: model.topLevel))
      #expect(
        parameters.log2Modulus
          <= Double(try #require(SecurityTable.maximumModulusBits(degree: parameters.degree))))
    }
  }

  @Test func insecureOnesAreRefused() throws {
    let good = try EncryptionParameters.named(.n8192)
    var writer = BoundedWriter()
    good.write(to: &writer)
    var reader = BoundedReader(writer.bytes[...], source: "parameters")
    #expect(try EncryptionParameters(from: &reader, allowsTesting: false) == good)
    // The same primes in a ring of half the degree are above the table's limit.
    writer = BoundedWriter()
    writer.append(UInt32(4096))
    var bytes = writer.bytes
    var whole = BoundedWriter()
    good.write(to: &whole)
    bytes += whole.bytes.dropFirst(4)
    var small = BoundedReader(bytes[...], source: "parameters")
    #expect(throws: ParameterError.self) {
      try EncryptionParameters(from: &small, allowsTesting: false)
    }
    let testing = try SmallScheme(depth: 0).context.parameters
    writer = BoundedWriter()
    testing.write(to: &writer)
    var flagged = BoundedReader(writer.bytes[...], source: "parameters")
    #expect(throws: WireError.self) {
      try EncryptionParameters(from: &flagged, allowsTesting: false)
    }
  }
}
