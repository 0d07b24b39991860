import ArgumentParser
import Cryptally
import Paillier

/// `cryptally paillier keygen`.
struct PaillierKeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen", abstract: "Make a pair of keys.",
    discussion: """
      Writes public.key and secret.key (sealed with a passphrase). With --format json, public.json \
      and private.json for python-paillier: its secret key is in clear. Existing keys are never \
      overwritten.

        cryptally paillier keygen --bits 3072 --out keys --passphrase-file passphrase
      """)

  @Option(help: ArgumentHelp("The size of the modulus: 2048 to 4096, even.", valueName: "bits"))
  var bits = PrivateKey.defaultBitCount

  @Option(help: ArgumentHelp("The folder for the keys.", valueName: "folder"))
  var out: String

  @Option(help: "How the keys are written: base64 stands for our own files.")
  var format = NumberFormat.base64

  @OptionGroup var passphrase: PassphraseOptions

  func validate() throws {
    guard PublicKey.admittedBitCounts.contains(bits), bits.isMultiple(of: 2) else {
      throw ValidationError("\(PaillierError.modulusSize(bitCount: bits))")
    }
    guard format == .base64 || passphrase.file == nil else {
      throw ValidationError("python-paillier's keys are not sealed: no passphrase applies.")
    }
  }

  func run() throws {
    let names =
      switch format {
      case .base64: (secret: "secret.key", public: "public.key")
      case .json: (secret: "private.json", public: "public.json")
      }
    let secretPath = NewFiles.path(names.secret, in: out)
    let publicPath = NewFiles.path(names.public, in: out)
    try NewFiles.prepare(folder: out, paths: [secretPath, publicPath])
    let key: PrivateKey
    let files: [NewFiles.Content]
    switch format {
    case .base64:
      let passphrase = try passphrase.newPassphrase()
      key = try PrivateKey.generate(bitCount: bits)
      files = [
        .init(path: secretPath, bytes: try key.sealed(passphrase: passphrase), permissions: 0o600),
        .init(path: publicPath, bytes: key.publicKey.fileBytes(), permissions: 0o644),
      ]
    case .json:
      key = try PrivateKey.generate(bitCount: bits)
      let secret = key.jsonWebKey().withUnsafeBytes { Array($0) }
      files = [
        .init(path: secretPath, bytes: secret, permissions: 0o600),
        .init(path: publicPath, bytes: key.publicKey.jsonWebKey(), permissions: 0o644),
      ]
      StandardStreams.writeNote("\(secretPath): in clear; whoever reads it can decrypt\n")
    }
    let written = try NewFiles.write(files)
    var table = TextTable()
    table.add("public key", key.publicKey.fingerprint.hexadecimal)
    table.add("paillier", "\(bits) bits")
    for file in written { table.add(file.path, FigureText.bytes(file.byteCount)) }
    StandardStreams.print(table)
  }
}
