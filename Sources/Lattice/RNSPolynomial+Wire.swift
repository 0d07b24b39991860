import Wire

extension RNSPolynomial {
  /// The exact size of the packed residues.
  package static func serializedByteCount(basis: RNSBasis) -> Int {
    basis.moduli.reduce(0) { $0 + basis.degree / 8 * $1.bitWidth }
  }

  /// Limb after limb, each residue in as many bits as its modulus has, least significant bit first.
  package func write(to writer: inout BoundedWriter) {
    for (index, modulus) in basis.moduli.enumerated() {
      let count = degree / 8 * modulus.bitWidth
      writer.append(
        bytes: [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
          Kernels.active.pointee.pack(
            buffer.baseAddress, limb(index), degree, UInt32(modulus.bitWidth))
          initialized = count
        })
    }
  }

  /// Reads what `write` wrote; every residue is checked to be below its modulus.
  package init(
    basis: RNSBasis, from reader: inout BoundedReader, field: String
  ) throws(WireError) {
    self.init(uninitialized: basis)
    try read(from: &reader, field: field)
  }

  /// Overwrites the residues with what `write` wrote, every one checked to be below its modulus.
  package mutating func read(
    from reader: inout BoundedReader, field: String
  ) throws(WireError) {
    makeUnique()
    for (index, modulus) in basis.moduli.enumerated() {
      let count = degree / 8 * modulus.bitWidth
      let bytes = try reader.readBytes(count: count, field: field)
      let largest = bytes.withUnsafeBufferPointer {
        Kernels.active.pointee.unpack(
          limbToWrite(index), $0.baseAddress, degree, UInt32(modulus.bitWidth))
      }
      guard largest < modulus.value else {
        throw reader.invalid(field: field, problem: "a residue is not below its modulus")
      }
    }
  }
}
