// The product that a service links. It has nothing of its own: schemas and claims files
// (`ClaimSchema`, `ClaimPreparation`), keys (`ClaimKeys`), tables (`EncryptedTable`), queries and
// answers (`ClaimQuery`), the custodian's ledger in files (`CustodianLedger`).
@_exported import ClaimKeys
@_exported import ClaimPreparation
@_exported import ClaimQuery
@_exported import ClaimSchema
@_exported import CustodianLedger
@_exported import EncryptedTable
@_exported import SecureMemory
@_exported import Wire
