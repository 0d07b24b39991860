import ArgumentParser
import BFV
import Cryptally
import Paillier

/// An error as the user sees it: a message, and what it means for the exit code.
struct CommandFailure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The one place where the libraries' errors get their exit codes.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as SchemaError: self.init(.badData, error.description)
    case let error as RecordProblem: self.init(.badData, error.description)
    case let error as ClaimReadError: self.init(error.status, error.description)
    case let error as TableError: self.init(error.status, error.description)
    case let error as SecureMemoryError: self.init(error.status, error.description)
    case let error as WireError: self.init(.badData, error.description)
    case let error as KeyError: self.init(error.status, error.description)
    case let error as QueryError: self.init(error.status, error.description)
    case let error as AnswerError: self.init(error.status, error.description)
    case let error as LedgerError: self.init(.refused, error.description)
    case let error as AuditError: self.init(.refused, error.description)
    case let error as ParameterError: self.init(.badData, error.description)
    case let error as EvaluationError: self.init(.badData, error.description)
    case let error as PaillierError: self.init(error.status, error.description)
    case let error as PackingError: self.init(.badData, error.description)
    default: self.init(.unforeseen, "an unforeseen error: \(error)")
    }
  }
}

extension ClaimReadError {
  fileprivate var status: ExitStatus {
    switch self {
    case .fileMissing, .unreadable: .missingInput
    default: .badData
    }
  }
}

extension TableError {
  fileprivate var status: ExitStatus {
    switch category {
    case .badData: .badData
    case .missingInput: .missingInput
    case .cannotCreate: .cannotCreate
    }
  }
}

extension SecureMemoryError {
  fileprivate var status: ExitStatus {
    switch self {
    case .noSuchFile, .cannotRead: .missingInput
    case .cannotCreate, .fileExists: .cannotCreate
    case .wrongPassphraseOrAltered: .refused
    case .emptyPassphrase: .usage
    case .libraryUnavailable, .passphraseMemory: .system
    case .boxTruncated, .boxVersion, .boxCost, .seedLength, .fileTooLarge: .badData
    }
  }
}

extension PaillierError {
  fileprivate var status: ExitStatus {
    switch self {
    case .refused: .refused
    default: .badData
    }
  }
}

extension KeyError {
  fileprivate var status: ExitStatus {
    switch self {
    case .suppressionNotWaived: .refused
    default: .badData
    }
  }
}

extension QueryError {
  fileprivate var status: ExitStatus {
    if case .refusedByPolicy = self { return .refused }
    return .badData
  }
}

extension AnswerError {
  fileprivate var status: ExitStatus {
    switch self {
    case .noTables: .usage
    case .sameTableTwice, .overCapacity, .otherKey, .otherLayout: .badData
    case .serverNotPinned, .badSignature, .planMismatch, .malformed, .refused: .refused
    }
  }
}
