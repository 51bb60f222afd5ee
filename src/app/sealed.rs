//! Every column of sealed values: `lilong keys reseal` goes through them, and `lilong keys retire-seal` asks them.

use crate::access::{accounts, codes, files, phone, tokens};
use crate::kit::idempotency;
use crate::kit::sealed::Fate::{Expires, Resealed};
use crate::kit::sealed::SealedColumn;
use crate::matters::{dispute_entries, mediation_cases, petitions};
use crate::people::{corrections, data_exports, document, health, imports, residents};
use crate::places::venues;

/// How many values go into one batch.
const VALUES: i64 = 500;
/// How many where each may be a file of some megabytes.
const FILES: i64 = 5;

/// The columns. A new one, which is named `…_sealed`, adds its line.
pub const COLUMNS: &[SealedColumn] = &[
    SealedColumn {
        table: "accounts",
        key: "id",
        key_type: "uuid",
        column: "phone_sealed",
        purpose: phone::SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "accounts",
        key: "id",
        key_type: "uuid",
        column: "totp_sealed",
        purpose: accounts::TOTP_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "code_keys",
        key: "id",
        key_type: "integer",
        column: "private_sealed",
        purpose: codes::SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "corrections",
        key: "id",
        key_type: "uuid",
        column: "value_sealed",
        purpose: corrections::VALUE_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "data_exports",
        key: "id",
        key_type: "uuid",
        column: "content_sealed",
        purpose: data_exports::CONTENT_SEAL,
        batch: FILES,
        fate: Resealed,
    },
    SealedColumn {
        table: "dispute_entries",
        key: "id",
        key_type: "uuid",
        column: "phone_sealed",
        purpose: dispute_entries::PHONE_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "dispute_entries",
        key: "id",
        key_type: "uuid",
        column: "other_phone_sealed",
        purpose: dispute_entries::OTHER_PHONE_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "files",
        key: "id",
        key_type: "uuid",
        column: "key_sealed",
        purpose: files::KEY_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "idempotency_keys",
        key: "fingerprint",
        key_type: "bytea",
        column: "answer_sealed",
        purpose: idempotency::SEAL,
        batch: VALUES,
        // For a day.
        fate: Expires,
    },
    SealedColumn {
        table: "imports",
        key: "id",
        key_type: "uuid",
        column: "report_sealed",
        purpose: imports::REPORT_SEAL,
        batch: FILES,
        fate: Resealed,
    },
    SealedColumn {
        table: "mediation_parties",
        key: "id",
        key_type: "uuid",
        column: "phone_sealed",
        purpose: mediation_cases::CONTACT_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "petitions",
        key: "id",
        key_type: "uuid",
        column: "contact_sealed",
        purpose: petitions::CONTACT_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "residencies",
        key: "id",
        key_type: "uuid",
        column: "document_sealed",
        purpose: document::SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "resident_health",
        key: "resident_id",
        key_type: "uuid",
        column: "note_sealed",
        purpose: health::NOTE_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "residents",
        key: "id",
        key_type: "uuid",
        column: "document_sealed",
        purpose: document::SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "residents",
        key: "id",
        key_type: "uuid",
        column: "phone_sealed",
        purpose: residents::PHONE_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "signing_keys",
        key: "kid",
        key_type: "text",
        column: "private_sealed",
        purpose: tokens::SEAL,
        batch: VALUES,
        fate: Resealed,
    },
    SealedColumn {
        table: "venues",
        key: "id",
        key_type: "uuid",
        column: "secret_sealed",
        purpose: venues::SECRET_SEAL,
        batch: VALUES,
        fate: Resealed,
    },
];
