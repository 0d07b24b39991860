import Foundation
import SecureMemory
import Testing

@Suite struct Base64Tests {
  /// Foundation's encoder is the reference.
  @Test func bytesGoBothWays() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 89 + count * 31) }
      let standard = Data(bytes).base64EncodedString()
      #expect(Base64.standard.text(of: bytes) == standard)
      #expect(Base64.standard.bytes(of: standard) == bytes)
      let urlSafe = standard.replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
      #expect(Base64.urlSafe.text(of: bytes) == urlSafe)
      #expect(Base64.urlSafe.bytes(of: urlSafe) == bytes)
    }
  }

  @Test(arguments: [
    "A", "AB=", "AQ", "AQI", "AR==", "AQ==\n", " AQ==", "AQ==AQ==", "A-_A", "AQ\0=",
  ])
  func otherTextIsRefused(_ text: String) {
    #expect(Base64.standard.bytes(of: text) == nil)
  }

  @Test(arguments: ["A", "AQ==", "AR", "A+/A", "AQ\n", " AQ", "AQ=", "AéA"])
  func otherURLTextIsRefused(_ text: String) {
    #expect(Base64.urlSafe.bytes(of: text) == nil)
  }
}
