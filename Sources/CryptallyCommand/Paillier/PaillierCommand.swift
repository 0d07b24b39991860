import ArgumentParser

/// `cryptally paillier`.
struct PaillierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paillier", abstract: "Encrypt numbers one by one, and add them up encrypted.",
    discussion: """
      The Paillier scheme alone, without schemas, tables and disclosure policies: whoever holds the \
      secret key can decrypt every single number.

        cryptally paillier keygen --out keys
        cryptally paillier encrypt --public-key keys/public.key --scale 2 -- 12.50 -3.25 > numbers
        cryptally paillier add numbers --public-key keys/public.key > sum
        cryptally paillier multiply sum --by 3 --public-key keys/public.key > product
        cryptally paillier decrypt product --secret-key keys/secret.key --scale 2

      prints 27.75. With --format json, keys and numbers are those of python-paillier and its \
      command pheutil.
      """,
    subcommands: [
      PaillierKeygenCommand.self, PaillierEncryptCommand.self, PaillierAddCommand.self,
      PaillierMultiplyCommand.self, PaillierDecryptCommand.self,
    ])
}
