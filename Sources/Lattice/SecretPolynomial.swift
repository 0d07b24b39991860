/// A secret polynomial, overwritten with zero when it is released.
package final class SecretPolynomial: Sendable {
  /// The polynomial. Copies share its storage and are not to outlive this object.
  package let value: RNSPolynomial<Evaluation>

  package init(_ value: consuming RNSPolynomial<Evaluation>) { self.value = value }

  deinit { value.overwriteStorage() }
}
