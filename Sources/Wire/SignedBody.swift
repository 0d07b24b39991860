import SecureMemory

/// A payload that ends in an Ed25519 signature over what comes before it.
package struct SignedBody: Sendable {
  /// What is signed.
  package let body: [UInt8]
  /// The signature; it is checked by whoever knows the signer.
  package let signature: [UInt8]

  /// Signs the digest of a body after the context that it belongs to.
  package init(
    signing body: [UInt8], context: String, bindings: [Digest] = [], with key: SigningKey
  ) {
    self.body = body
    signature = key.sign(SignedBody.message(body, context: context, bindings: bindings))
  }

  /// Splits a payload.
  package init(_ payload: ArraySlice<UInt8>, source: String) throws(WireError) {
    let bodyCount = payload.count - VerifyingKey.signatureByteCount
    guard bodyCount > 0 else {
      throw .truncated(
        source: source, field: "signature", needed: VerifyingKey.signatureByteCount,
        available: payload.count)
    }
    body = Array(payload.prefix(bodyCount))
    signature = Array(payload.suffix(VerifyingKey.signatureByteCount))
  }

  /// Body and signature, as they stand in a file.
  package var payload: [UInt8] { body + signature }

  /// Whether the signature is the key's over this body in this context.
  package func isSigned(
    by key: VerifyingKey, context: String, bindings: [Digest] = []
  ) -> Bool {
    key.isValid(
      signature: signature,
      for: SignedBody.message(body, context: context, bindings: bindings))
  }

  private static func message(
    _ body: [UInt8], context: String, bindings: [Digest]
  ) -> [UInt8] {
    Array(context.utf8) + bindings.flatMap(\.bytes) + Digest.of(body, domain: context).bytes
  }
}
