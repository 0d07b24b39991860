import BigInteger
import Foundation
import Paillier
import SecureMemory
import Testing
import Wire

/// `cryptally paillier`: what is encrypted comes back, and what is bad does not.
@Suite struct PaillierCommandTests {
  @Test func keysAreWrittenWithTheirModes() throws {
    let workshop = try PaillierWorkshop.shared.get()
    #expect(workshop.generated.status == 0, "\(workshop.generated.errors)")
    let bench = try PaillierBench()
    #expect(try bench.mode("keys/secret.key") == 0o600)
    #expect(try bench.mode("foreign/private.json") == 0o600)
    #expect(workshop.foreign.errors.contains("in clear"))
    let fingerprint = try #require(workshop.generated.output.firstHexadecimal)
    let inspected = try CommandRun.run(["inspect", "keys/public.key"], in: bench.folder)
    #expect(inspected.output.contains(fingerprint) && inspected.output.contains("2048 bits"))
    #expect(
      try CommandRun.run(["inspect", "keys/secret.key"], in: bench.folder).output
        .contains("Paillier secret key"))
  }

  @Test func numbersGoThroughEveryOperation() throws {
    let bench = try PaillierBench()
    let encrypted = try bench.encrypt("--scale", "2", "--", "12.50", "-3.25", "0")
    #expect(encrypted.status == 0, "\(encrypted.errors)")
    let lines = encrypted.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 3)
    try bench.put(encrypted.output, "numbers")
    #expect(try bench.decrypt("numbers", "--scale", "2").output == "12.50\n-3.25\n0.00\n")
    #expect(try bench.decrypt(lines[1], "--scale", "1").output == "-32.5\n")
    let sum = try bench.add("numbers", lines[0])
    try bench.put(sum.output, "sum")
    #expect(try bench.decrypt("sum", "--scale", "2").output == "21.75\n")
    #expect(try bench.add("numbers", lines[0]).output != sum.output)
    let product = try bench.multiply("sum", "--by", "-3")
    #expect(product.status == 0, "\(product.errors)")
    try bench.put(product.output, "product")
    #expect(try bench.decrypt("product", "--scale", "2").output == "-65.25\n")
    let scaled = try bench.multiply("sum", "--by", "0.5", "--scale", "1")
    try bench.put(scaled.output, "scaled")
    #expect(try bench.decrypt("scaled", "--scale", "3").output == "10.875\n")
    let zeros = try (0..<2).map { _ in try bench.multiply("sum", "--by", "0").output }
    #expect(zeros[0] != zeros[1])
    try bench.put(zeros[0], "zero")
    #expect(try bench.decrypt("zero").output == "0\n")
  }

  @Test func columnsGoBothWays() throws {
    let bench = try PaillierBench()
    let rows = (0..<700).map { "R\($0),\"\($0 - 300).25\",\"a \"\"b\"\", c\"" }
    try bench.put((["ID,PAID,NOTE"] + rows).joined(separator: "\r\n") + "\r\n", "claims.csv")
    let encrypted = try bench.encrypt(
      "--csv", "claims.csv", "--column", "PAID", "--scale", "2", "--out", "encrypted.csv")
    #expect(encrypted.status == 0, "\(encrypted.errors)")
    #expect(encrypted.output == "encrypted.csv: 700 records\n")
    let exported = try bench.text("encrypted.csv")
    #expect(!exported.contains("-300.25"))
    let decrypted = try bench.decrypt(
      "--csv", "encrypted.csv", "--column", "PAID", "--scale", "2", "--out", "decrypted.csv")
    #expect(decrypted.status == 0, "\(decrypted.errors)")
    #expect(
      try bench.text("decrypted.csv") == (["ID,PAID,NOTE"] + rows).joined(separator: "\n") + "\n")
    #expect(try bench.mode("decrypted.csv") == 0o600)
    let sum = try bench.add("--csv", "encrypted.csv", "--column", "PAID")
    try bench.put(sum.output, "sum")
    let total = (0..<700).reduce(0) {
      $0 + ($1 < 300 ? ($1 - 300) * 100 - 25 : ($1 - 300) * 100 + 25)
    }
    let expected = DecimalText.hundredths(total)
    #expect(try bench.decrypt("sum", "--scale", "2").output == expected + "\n")
  }

  @Test func aColumnWithoutRecordsSumsToZero() throws {
    let bench = try PaillierBench()
    try bench.put("ID,PAID\n", "empty.csv")
    try bench.put(try bench.add("--csv", "empty.csv", "--column", "PAID").output, "sum")
    #expect(try bench.decrypt("sum").output == "0\n")
  }

  @Test func pythonPaillierFormatGoesBothWays() throws {
    let bench = try PaillierBench()
    let key = "foreign/public.json"
    let run = try bench.encrypt("--format", "json", "--", "2.5", "-7", "0.0625", key: key)
    #expect(run.status == 0, "\(run.errors)")
    try bench.put(run.output, "numbers")
    #expect(try bench.decryptForeign("numbers").output == "2.5\n-7\n0.0625\n")
    let sum = try bench.add("numbers", "--format", "json", key: key)
    #expect(sum.output.contains("\"e\": -1}"))
    #expect(try bench.decryptForeign(sum.output.trimmed).output == "-4.4375\n")
    let product = try bench.multiply(
      sum.output.trimmed, "--by", "-0.5", "--format", "json", key: key)
    #expect(try bench.decryptForeign(product.output.trimmed).output == "2.21875\n")
    try bench.put("X\n1\n-2\n", "plain.csv")
    let column = try bench.encrypt(
      "--csv", "plain.csv", "--column", "X", "--out", "e.csv", "--format", "json", key: key)
    #expect(column.status == 0, "\(column.errors)")
    #expect(
      try bench.decryptForeign("--csv", "e.csv", "--column", "X", "--out", "d.csv").status == 0)
    // Quotes that the JSON needed stay.
    #expect(try bench.text("d.csv") == "X\n\"1\"\n\"-2\"\n")
    expectFailure(
      try bench.encrypt("--format", "json", "0.1", key: key), 65, mentioning: "number 1", "binary")
    expectFailure(try bench.encrypt("--format", "json", "--scale", "2", "1", key: key), 64)
    expectFailure(
      try bench.decryptForeign("{\"v\": \"0\", \"e\": 0}"), 65, mentioning: "between 0")
    expectFailure(try bench.decryptForeign("{\"v\": \"5\"}"), 65, mentioning: "e: it is missing")
    try bench.put("{\"kty\": \"DAJ\"}", "bad.json")
    expectFailure(try bench.encrypt("1", key: "bad.json"), 65, mentioning: "bad.json: alg")
  }

  @Test func badNumbersAreToldByTheirPlaceAndNotShown() throws {
    let bench = try PaillierBench()
    for text in ["1.234", "1e3", "1,000", "+5", "", "0x7", "٣"] {
      let run = try bench.encrypt("--scale", "2", "7", text)
      expectFailure(run, 65, mentioning: "number 2: ")
      #expect(run.output.isEmpty)
    }
    expectFailure(try bench.encrypt("12.5"), 65, mentioning: "number 1")
    let huge = String(repeating: "9", count: 620)
    for sign in ["", "-"] {
      let run = try bench.encrypt("--", sign + huge)
      expectFailure(run, 65, mentioning: "too large for a key of 2048 bits")
      #expect(!run.errors.contains("999"))
    }
    expectFailure(try bench.encrypt("--scale", "39", "1"), 64)
    expectFailure(try bench.encrypt("--scale", "-1", "1"), 64)
    let one = try bench.encrypt("1").output.trimmed
    expectFailure(try bench.multiply(one, "--by", huge), 65, mentioning: "--by")
    expectFailure(try bench.multiply(one, "--by", "x"), 65, mentioning: "--by")
    expectFailure(try bench.multiply(one), 64)
  }

  /// The product lies in the middle third, whose numbers have no sign.
  @Test func overflowIsAnErrorAndNoNumber() throws {
    let bench = try PaillierBench()
    let key = try PublicKey(fileBytes: bench.bytes("keys/public.key"), source: "public.key")
    let largest = try #require(key.modulus.quotientAndRemainder(dividingBy: 3)).quotient - 1
    let encrypted = try bench.encrypt("--", largest.decimal, "-\(largest.decimal)")
    try bench.put(encrypted.output, "edges")
    #expect(
      try bench.decrypt("edges").output == "\(largest.decimal)\n-\(largest.decimal)\n")
    try bench.put(try bench.multiply("edges", "--by", "2").output, "doubled")
    let run = try bench.decrypt("doubled")
    expectFailure(run, 65, mentioning: "ciphertext 1", "too large")
    #expect(run.output.isEmpty)
    expectFailure(try bench.encrypt("--", (largest + 1).decimal), 65, mentioning: "too large")
  }

  @Test func otherKeysCiphertextsAreRefused() throws {
    let bench = try PaillierBench()
    let foreign = try bench.encrypt("5", key: "foreign/public.json").output.trimmed
    let words = "is of the Paillier key"
    expectFailure(try bench.decrypt(foreign), 65, mentioning: words)
    expectFailure(try bench.multiply(foreign, "--by", "2"), 65, mentioning: words)
    let own = try bench.encrypt("5").output.trimmed
    let run = try bench.add(own, foreign)
    expectFailure(run, 65, mentioning: words)
    #expect(run.output.isEmpty)
  }

  @Test func cutAndAlteredCiphertextsAreRefused() throws {
    let bench = try PaillierBench()
    let good = try bench.encrypt("5").output.trimmed
    var altered = Array(good.utf8)
    altered[altered.count / 2] = altered[altered.count / 2] == 65 ? 66 : 65
    for bad in [
      String(good.dropLast()), String(good.dropLast(4)), String(good.prefix(164)), good + "AAAA",
      String(decoding: altered, as: UTF8.self), "*" + good.dropFirst(),
    ] {
      try bench.put(bad + "\n", "bad")
      for argument in ["bad", bad] {
        expectFailure(try bench.decrypt(argument), 65)
        expectFailure(try bench.add(argument), 65)
        expectFailure(try bench.multiply(argument, "--by", "2"), 65)
      }
      expectFailure(try bench.decrypt("bad"), 65, mentioning: "bad:1")
      try bench.put("ID,X\n1,\(good)\n2,\(bad)\n", "bad.csv")
      expectFailure(
        try bench.add("--csv", "bad.csv", "--column", "X"), 65, mentioning: "bad.csv:3",
        "column 'X'")
      expectFailure(
        try bench.decrypt("--csv", "bad.csv", "--column", "X", "--out", "out.csv"), 65,
        mentioning: "bad.csv:3")
      #expect(bench.exists("out.csv") == false)
    }
    try bench.put("\n\n", "blank")
    expectFailure(try bench.decrypt("blank"), 65, mentioning: "no ciphertext")
  }

  /// Each in an envelope without damage.
  @Test func numbersThatAreNoCiphertextsAreRefused() throws {
    let bench = try PaillierBench()
    let key = try PublicKey(fileBytes: bench.bytes("keys/public.key"), source: "public.key")
    let n = key.modulus
    for value in [0, n, n * 7, n * n - n, n * n, n * n + 1] {
      let payload = try #require(value.bigEndianBytes(count: key.ciphertextByteCount))
      let text = Base64.standard.text(
        of: Envelope.seal(
          kind: .paillierCiphertext, version: 1, isTesting: false,
          parameterFingerprint: Digest.of([], domain: "Cryptally no parameters"),
          keyFingerprint: key.fingerprint, payload: payload))
      expectFailure(try bench.decrypt(text), 65, mentioning: "not a Paillier ciphertext")
      expectFailure(try bench.add(text), 65, mentioning: "not a Paillier ciphertext")
    }
  }

  @Test func columnsThatAreNotThereAreTold() throws {
    let bench = try PaillierBench()
    try bench.put("ID,PAID,ID\n1,2,3\n", "claims.csv")
    try bench.put("", "empty.csv")
    try bench.put("ID,PAID\n1\n", "short.csv")
    try bench.put("ID,PAID\n1,5\n2,\n", "hole.csv")
    let encrypt = { (bench: borrowing PaillierBench, csv: String, column: String) in
      try bench.encrypt("--csv", csv, "--column", column, "--out", "out.csv")
    }
    expectFailure(try encrypt(bench, "claims.csv", "paid"), 65, mentioning: "no column 'paid'")
    expectFailure(try encrypt(bench, "claims.csv", "ID"), 65, mentioning: "more than once")
    expectFailure(try encrypt(bench, "empty.csv", "ID"), 65, mentioning: "empty.csv")
    expectFailure(try encrypt(bench, "short.csv", "PAID"), 65, mentioning: "short.csv:2")
    expectFailure(try encrypt(bench, "hole.csv", "PAID"), 65, mentioning: "hole.csv:3")
    expectFailure(try encrypt(bench, "none.csv", "PAID"), 66, mentioning: "none.csv")
    #expect(bench.exists("out.csv") == false)
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(!names.contains { $0.hasSuffix(".tmp") })
    expectFailure(try bench.encrypt("--csv", "claims.csv", "--column", "PAID"), 64)
    expectFailure(try bench.encrypt("--csv", "claims.csv", "--out", "out.csv"), 64)
    expectFailure(try bench.encrypt("5", "--csv", "claims.csv", "--column", "PAID"), 64)
    expectFailure(try bench.encrypt(), 64)
    expectFailure(try bench.add(), 64)
  }

  @Test func filesAreNeverOverwritten() throws {
    let bench = try PaillierBench()
    try bench.put("PAID\n5\n", "claims.csv")
    let before = try bench.bytes("keys/secret.key")
    for out in ["claims.csv", "keys/public.key", "none/out.csv"] {
      expectFailure(
        try bench.encrypt("--csv", "claims.csv", "--column", "PAID", "--out", out), 73,
        mentioning: out)
    }
    expectFailure(
      try bench.run(["keygen", "--out", "keys", "--passphrase-file", "passphrase"]), 73,
      mentioning: "secret.key")
    expectFailure(
      try bench.run(["keygen", "--out", "foreign", "--format", "json"]), 73,
      mentioning: "private.json")
    #expect(try bench.bytes("keys/secret.key") == before)
  }

  @Test func keysAreCheckedAndSealed() throws {
    let bench = try PaillierBench()
    let number = try bench.encrypt("5").output.trimmed
    try bench.put("wrong\n", "wrong")
    let decrypt = ["decrypt", number, "--secret-key"]
    expectFailure(
      try bench.run(decrypt + ["keys/secret.key", "--passphrase-file", "wrong"]), 77,
      mentioning: "keys/secret.key", "wrong passphrase")
    expectFailure(try bench.run(decrypt + ["keys/secret.key"]), 64, mentioning: "passphrase")
    expectFailure(
      try bench.run(decrypt + ["keys/public.key", "--passphrase-file", "passphrase"]), 65,
      mentioning: "'Paillier secret key' is needed")
    expectFailure(
      try bench.run(decrypt + ["none.key", "--passphrase-file", "passphrase"]), 66,
      mentioning: "none.key")
    expectFailure(try bench.decrypt("none"), 66, mentioning: "none")
    expectFailure(try bench.encrypt("5", key: "keys/secret.key"), 65, mentioning: "is needed")
    for name in ["keys/secret.key", "keys/public.key"] {
      let good = try bench.bytes(name)
      var altered = good
      altered[good.count / 2] ^= 4
      for damaged in [Array(good.dropLast(3)), altered, []] {
        try Data(damaged).write(to: bench.path(name))
        let run =
          name == "keys/secret.key" ? try bench.decrypt(number) : try bench.encrypt("5", key: name)
        expectFailure(run, 65, mentioning: name)
      }
      try Data(good).write(to: bench.path(name))
    }
    for bits in ["1024", "2047", "2049", "4098", "-2048", "x"] {
      expectFailure(
        try bench.run([
          "keygen", "--bits=\(bits)", "--out", "new", "--passphrase-file", "passphrase",
        ]), 64)
    }
    expectFailure(try bench.run(["keygen", "--out", "new"]), 64, mentioning: "passphrase")
    expectFailure(
      try bench.run([
        "keygen", "--out", "new", "--format", "json", "--passphrase-file", "passphrase",
      ]), 64)
    #expect(bench.exists("new/secret.key") == false)
    #expect(bench.exists("new/private.json") == false)
  }
}

/// What the tests expect of sums, calculated with plain integers.
private enum DecimalText {
  static func hundredths(_ number: Int) -> String {
    let fraction = number.magnitude % 100
    return "\(number < 0 ? "-" : "")\(number.magnitude / 100)."
      + (fraction < 10 ? "0\(fraction)" : "\(fraction)")
  }
}

extension String {
  fileprivate var trimmed: String { String(prefix { !$0.isNewline }) }
}
