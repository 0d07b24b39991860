/// The fields of a story: what each step is given and what it gives.
struct StoryCase: Decodable, Sendable {
  let schema: String
  let canonicalSchema: String
  let storedSchema: String
  let schemaFingerprint: HexBytes
  /// Nil when no column is encrypted.
  let parameters: Parameters?
  let paillierBits: Int
  let layout: Layout
  let keys: Keys
  let tables: [Table]
  let query: String
  let plan: PlanFacts
  /// The server's answer and what is released of it; nil where a forged answer is opened.
  let answer: Answer?
  let forgedAnswer: HexBytes?

  struct Parameters: Decodable, Sendable {
    let degree: Int
    let plaintextModulus: HexWord
    let ciphertextModuli: [HexWord]
    let specialModulus: HexWord
  }

  struct Layout: Decodable, Sendable {
    let columns: [String]
    let limbs: [Limbs]
    let fields: [Field]
    let fingerprint: HexBytes

    struct Limbs: Decodable, Hashable, Sendable {
      let value: String
      let count: Int
      let bits: Int
    }

    struct Field: Decodable, Hashable, Sendable {
      let block: Int
      let bitOffset: Int
      let bits: Int
    }
  }

  struct Keys: Decodable, Sendable {
    let seed: HexBytes
    let evaluationSeed: HexBytes
    let latticeSecret: HexBytes?
    let latticePublic: HexBytes?
    let relinearization: HexBytes?
    let galois: HexBytes?
    let paillierSecret: HexBytes?
    let custodian: HexBytes
    let fingerprint: HexBytes
    let publicFile: HexBytes
    let evaluationFile: HexBytes
    let serverFile: HexBytes
  }

  struct Table: Decodable, Sendable {
    let seed: HexBytes
    let identifier: HexBytes
    let ingests: [Ingest]
    let deletions: [Deletion]
    let snapshot: HexBytes
  }

  /// Records that are marked as deleted when all are there.
  struct Deletion: Decodable, Sendable {
    let `where`: String
    let deleted: Int
    let left: Int
  }

  struct Ingest: Decodable, Sendable {
    let csv: String
    /// Of each record; nil is NULL.
    let cells: [[String?]]
    let batches: [Batch]
  }

  /// Records from a slot of a chunk on.
  struct Batch: Decodable, Sendable {
    let chunk: Int
    let slot: Int
    let count: Int
    let columns: [Column]
    let paillier: [Block]

    struct Column: Decodable, Sendable {
      let column: String
      let slots: [Int64]
      let plaintext: HexBytes
      let ciphertext: HexBytes
    }

    struct Block: Decodable, Sendable {
      let block: Int
      let plaintexts: [String]
      let ciphertexts: [HexBytes]
    }
  }

  struct PlanFacts: Decodable, Sendable {
    let canonicalText: String
    let totals: [String]
    let hiddenGroups: [[String?]]
    /// By hidden group and lattice total, the terms of its first limb.
    let circuits: [[[String]]]
    let demand: Demand
    let clearGroups: [[String?]]
    let digest: HexBytes

    struct Demand: Decodable, Hashable, Sendable {
      let depth: Int
      let factors: Int
      let masks: Int
      let products: Int
      let columnWeight: Int64
      let multiplications: Int
    }
  }

  struct Answer: Decodable, Sendable {
    let seed: HexBytes
    /// Of each total, before it is re-randomized.
    let sums: [HexBytes]
    let evaluationDigest: HexBytes
    let latticeTotals: [HexBytes]
    let paillierTotals: [String]
    let file: HexBytes
    let opened: [Opened]
    /// The cells' texts; nil for NULL and for what is withheld.
    let rows: [[String?]]
    let withheld: [Place]

    struct Opened: Decodable, Hashable, Sendable {
      let keys: [String?]
      let totals: [String]
    }

    struct Place: Decodable, Hashable, Sendable {
      let row: Int
      let column: Int
    }
  }
}
