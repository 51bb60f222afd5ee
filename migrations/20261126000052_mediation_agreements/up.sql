-- What comes of a mediation 调解协议 (F6–F9; 人民调解法 28–33): what was agreed and by whom it is signed, whether it is kept, the court's confirmation,
-- follow-up visits, more time, and the written application of 治安管理处罚法 art. 9.

ALTER TABLE matter_clocks DROP CONSTRAINT matter_clocks_clock_known_check;
ALTER TABLE matter_clocks ADD CONSTRAINT matter_clocks_clock_named_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review',
    'confirmation', 'follow_up', 'performance'));
ALTER TABLE matter_policies DROP CONSTRAINT matter_policies_clock_known_check;
ALTER TABLE matter_policies ADD CONSTRAINT matter_policies_clock_named_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review', 'summons',
    'confirmation', 'follow_up', 'performance'));

CREATE TABLE mediation_agreements (
    id           UUID        NOT NULL CONSTRAINT mediation_agreements_pkey PRIMARY KEY,
    case_id      UUID        NOT NULL CONSTRAINT mediation_agreements_case_id_fkey REFERENCES mediation_cases (id),
    -- Twelve digits, the last of which fits the others; random, so that nobody can tell how many there are.
    number       TEXT        NOT NULL CONSTRAINT mediation_agreements_number_check CHECK (number ~ '^[0-9]{12}$')
                 CONSTRAINT mediation_agreements_number_key UNIQUE,
    form         TEXT        NOT NULL CONSTRAINT mediation_agreements_form_check CHECK (form IN ('written', 'oral')),
    state        TEXT        NOT NULL CONSTRAINT mediation_agreements_state_check
                 CHECK (state IN ('signing', 'effective', 'superseded', 'revoked')),
    basis        TEXT        NOT NULL CONSTRAINT mediation_agreements_basis_check CHECK (char_length(basis) BETWEEN 1 AND 2000),
    terms        TEXT        NOT NULL CONSTRAINT mediation_agreements_terms_check CHECK (char_length(terms) BETWEEN 1 AND 8000),
    -- All of it as it is signed, names included: what is signed is the hash of this.
    text         TEXT        NOT NULL CONSTRAINT mediation_agreements_text_check CHECK (char_length(text) BETWEEN 1 AND 60000),
    text_sha256  BYTEA       NOT NULL CONSTRAINT mediation_agreements_text_sha256_check
                 CHECK (text_sha256 = sha256(convert_to(text, 'UTF8'))),
    created_by   UUID        NOT NULL CONSTRAINT mediation_agreements_created_by_fkey REFERENCES accounts (id),
    created_at   TIMESTAMPTZ NOT NULL,
    effective_on DATE,
    ended_at     TIMESTAMPTZ,
    CONSTRAINT mediation_agreements_effective_check CHECK (
        CASE state WHEN 'signing' THEN effective_on IS NULL WHEN 'effective' THEN effective_on IS NOT NULL ELSE true END),
    CONSTRAINT mediation_agreements_ended_check CHECK ((state IN ('superseded', 'revoked')) = (ended_at IS NOT NULL))
);
CREATE INDEX mediation_agreements_case_id_idx ON mediation_agreements (case_id, id);
CREATE INDEX mediation_agreements_created_by_idx ON mediation_agreements (created_by);
-- One waits for signatures and one is in force, at most.
CREATE UNIQUE INDEX mediation_agreements_case_id_state_key ON mediation_agreements (case_id, state)
    WHERE state IN ('signing', 'effective');

-- What was agreed is never edited: only where it stands moves, and never backwards.
CREATE FUNCTION mediation_agreements_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state IN ('signing', 'effective') AND NEW.state <> 'signing' THEN
        OLD.state := NEW.state;
        OLD.ended_at := NEW.ended_at;
        OLD.effective_on := coalesce(OLD.effective_on, NEW.effective_on);
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'an agreement is superseded, not changed';
END $$;
CREATE TRIGGER mediation_agreements_kept BEFORE UPDATE OR DELETE ON mediation_agreements
    FOR EACH ROW EXECUTE FUNCTION mediation_agreements_are_kept();

-- Who owes whom what by when: one instalment, or an act to be done.
CREATE TABLE mediation_agreement_items (
    id           UUID    NOT NULL CONSTRAINT mediation_agreement_items_pkey PRIMARY KEY,
    agreement_id UUID    NOT NULL CONSTRAINT mediation_agreement_items_agreement_id_fkey REFERENCES mediation_agreements (id),
    position     INTEGER NOT NULL CONSTRAINT mediation_agreement_items_position_check CHECK (position BETWEEN 1 AND 30),
    instalment   INTEGER NOT NULL CONSTRAINT mediation_agreement_items_instalment_check CHECK (instalment BETWEEN 1 AND 60),
    kind         TEXT    NOT NULL CONSTRAINT mediation_agreement_items_kind_check CHECK (kind IN ('payment', 'act')),
    debtor_id    UUID    NOT NULL CONSTRAINT mediation_agreement_items_debtor_id_fkey REFERENCES mediation_parties (id),
    creditor_id  UUID    NOT NULL CONSTRAINT mediation_agreement_items_creditor_id_fkey REFERENCES mediation_parties (id),
    amount_fen   BIGINT  CONSTRAINT mediation_agreement_items_amount_fen_check CHECK (amount_fen > 0),
    act          TEXT    NOT NULL CONSTRAINT mediation_agreement_items_act_check CHECK (char_length(act) <= 500),
    due_on       DATE,
    -- How it is kept: what its performances come to.
    state        TEXT    NOT NULL
                 CONSTRAINT mediation_agreement_items_state_check CHECK (state IN ('open', 'partly', 'done', 'breached')),
    paid_fen     BIGINT  NOT NULL CONSTRAINT mediation_agreement_items_paid_fen_check CHECK (paid_fen >= 0),
    -- 逾期: since when it is told to be late.
    late_at      TIMESTAMPTZ,
    CONSTRAINT mediation_agreement_items_place_key UNIQUE (agreement_id, position, instalment),
    CONSTRAINT mediation_agreement_items_parties_check CHECK (debtor_id <> creditor_id),
    CONSTRAINT mediation_agreement_items_kind_fit_check CHECK (
        CASE kind WHEN 'payment' THEN amount_fen IS NOT NULL AND due_on IS NOT NULL AND paid_fen <= amount_fen
                  ELSE amount_fen IS NULL AND act <> '' AND paid_fen = 0 END)
);
CREATE INDEX mediation_agreement_items_debtor_id_idx ON mediation_agreement_items (debtor_id);
CREATE INDEX mediation_agreement_items_creditor_id_idx ON mediation_agreement_items (creditor_id);

CREATE TABLE mediation_signatures (
    id           UUID        NOT NULL CONSTRAINT mediation_signatures_pkey PRIMARY KEY,
    agreement_id UUID        NOT NULL CONSTRAINT mediation_signatures_agreement_id_fkey REFERENCES mediation_agreements (id),
    capacity     TEXT        NOT NULL
                 CONSTRAINT mediation_signatures_capacity_check CHECK (capacity IN ('party', 'mediator', 'committee')),
    party_id     UUID        CONSTRAINT mediation_signatures_party_id_fkey REFERENCES mediation_parties (id),
    -- Who signed in the app, or noted what was signed on paper.
    account_id   UUID        NOT NULL CONSTRAINT mediation_signatures_account_id_fkey REFERENCES accounts (id),
    means        TEXT        NOT NULL CONSTRAINT mediation_signatures_means_check CHECK (means IN ('app', 'paper')),
    text_sha256  BYTEA       NOT NULL
                 CONSTRAINT mediation_signatures_text_sha256_check CHECK (octet_length(text_sha256) = 32),
    signed_on    DATE        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_signatures_party_check CHECK ((capacity = 'party') = (party_id IS NOT NULL)),
    CONSTRAINT mediation_signatures_agreement_id_party_id_key UNIQUE (agreement_id, party_id)
);
CREATE INDEX mediation_signatures_agreement_id_idx ON mediation_signatures (agreement_id, id);
CREATE INDEX mediation_signatures_party_id_idx ON mediation_signatures (party_id);
CREATE INDEX mediation_signatures_account_id_idx ON mediation_signatures (account_id);
-- A mediator signs once, and the committee's seal stands there once.
CREATE UNIQUE INDEX mediation_signatures_mediator_key ON mediation_signatures (agreement_id, account_id) WHERE capacity = 'mediator';
CREATE UNIQUE INDEX mediation_signatures_committee_key ON mediation_signatures (agreement_id) WHERE capacity = 'committee';

CREATE TABLE mediation_performances (
    id           UUID        NOT NULL CONSTRAINT mediation_performances_pkey PRIMARY KEY,
    case_id      UUID        NOT NULL CONSTRAINT mediation_performances_case_id_fkey REFERENCES mediation_cases (id),
    item_id      UUID        NOT NULL CONSTRAINT mediation_performances_item_id_fkey REFERENCES mediation_agreement_items (id),
    outcome      TEXT        NOT NULL
                 CONSTRAINT mediation_performances_outcome_check CHECK (outcome IN ('done', 'partly', 'breached')),
    -- What was paid with it.
    amount_fen   BIGINT      CONSTRAINT mediation_performances_amount_fen_check CHECK (amount_fen > 0),
    performed_on DATE        NOT NULL,
    note         TEXT        NOT NULL CONSTRAINT mediation_performances_note_check CHECK (char_length(note) <= 1000),
    -- The creditor that says so; none where whoever runs the case does.
    party_id     UUID        CONSTRAINT mediation_performances_party_id_fkey REFERENCES mediation_parties (id),
    account_id   UUID        NOT NULL CONSTRAINT mediation_performances_account_id_fkey REFERENCES accounts (id),
    created_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX mediation_performances_case_id_idx ON mediation_performances (case_id, id);
CREATE INDEX mediation_performances_item_id_idx ON mediation_performances (item_id);
CREATE INDEX mediation_performances_party_id_idx ON mediation_performances (party_id);
CREATE INDEX mediation_performances_account_id_idx ON mediation_performances (account_id);

-- 司法确认 (人民调解法 33): asked for by all parties together.
CREATE TABLE mediation_confirmations (
    id              UUID        NOT NULL CONSTRAINT mediation_confirmations_pkey PRIMARY KEY,
    agreement_id    UUID        NOT NULL CONSTRAINT mediation_confirmations_agreement_id_fkey REFERENCES mediation_agreements (id),
    state           TEXT        NOT NULL
                    CONSTRAINT mediation_confirmations_state_check CHECK (state IN ('joining', 'applied', 'confirmed', 'refused')),
    court           TEXT        NOT NULL CONSTRAINT mediation_confirmations_court_check CHECK (char_length(court) BETWEEN 1 AND 100),
    applied_on      DATE,
    decided_on      DATE,
    document_number TEXT        CONSTRAINT mediation_confirmations_document_number_check
                    CHECK (char_length(document_number) BETWEEN 1 AND 100),
    note            TEXT        NOT NULL CONSTRAINT mediation_confirmations_note_check CHECK (char_length(note) <= 1000),
    created_by      UUID        NOT NULL CONSTRAINT mediation_confirmations_created_by_fkey REFERENCES accounts (id),
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_confirmations_applied_check CHECK ((state = 'joining') = (applied_on IS NULL)),
    CONSTRAINT mediation_confirmations_decided_check CHECK (
        num_nonnulls(decided_on, document_number) = CASE WHEN state IN ('confirmed', 'refused') THEN 2 ELSE 0 END)
);
CREATE INDEX mediation_confirmations_agreement_id_idx ON mediation_confirmations (agreement_id, id);
CREATE INDEX mediation_confirmations_created_by_idx ON mediation_confirmations (created_by);
-- Asked for once; once more where the court refused.
CREATE UNIQUE INDEX mediation_confirmations_live_key ON mediation_confirmations (agreement_id) WHERE state <> 'refused';

CREATE TABLE mediation_confirmation_parties (
    confirmation_id UUID        NOT NULL
                    CONSTRAINT mediation_confirmation_parties_confirmation_id_fkey REFERENCES mediation_confirmations (id),
    party_id        UUID        NOT NULL
                    CONSTRAINT mediation_confirmation_parties_party_id_fkey REFERENCES mediation_parties (id),
    joined_at       TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_confirmation_parties_pkey PRIMARY KEY (confirmation_id, party_id)
);
CREATE INDEX mediation_confirmation_parties_party_id_idx ON mediation_confirmation_parties (party_id);

-- 治安管理处罚法 (2025) art. 9: settled by people's mediation and performed, no penalty on written application.
CREATE TABLE mediation_penalty_waivers (
    id         UUID        NOT NULL CONSTRAINT mediation_penalty_waivers_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_penalty_waivers_case_id_fkey REFERENCES mediation_cases (id),
    party_id   UUID        NOT NULL CONSTRAINT mediation_penalty_waivers_party_id_fkey REFERENCES mediation_parties (id),
    state      TEXT        NOT NULL
               CONSTRAINT mediation_penalty_waivers_state_check CHECK (state IN ('applied', 'granted', 'refused')),
    text       TEXT        NOT NULL CONSTRAINT mediation_penalty_waivers_text_check CHECK (char_length(text) BETWEEN 1 AND 2000),
    account_id UUID        NOT NULL CONSTRAINT mediation_penalty_waivers_account_id_fkey REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    decided_by UUID        CONSTRAINT mediation_penalty_waivers_decided_by_fkey REFERENCES accounts (id),
    decided_at TIMESTAMPTZ,
    reason     TEXT        NOT NULL CONSTRAINT mediation_penalty_waivers_reason_check CHECK (char_length(reason) <= 1000),
    CONSTRAINT mediation_penalty_waivers_case_id_party_id_key UNIQUE (case_id, party_id),
    CONSTRAINT mediation_penalty_waivers_decided_check
        CHECK (num_nonnulls(decided_by, decided_at) = CASE WHEN state = 'applied' THEN 0 ELSE 2 END)
);
CREATE INDEX mediation_penalty_waivers_party_id_idx ON mediation_penalty_waivers (party_id);
CREATE INDEX mediation_penalty_waivers_account_id_idx ON mediation_penalty_waivers (account_id);
CREATE INDEX mediation_penalty_waivers_decided_by_idx ON mediation_penalty_waivers (decided_by);

-- 回访 (人民调解法 31): planned, then recorded.
CREATE TABLE mediation_follow_ups (
    id         UUID        NOT NULL CONSTRAINT mediation_follow_ups_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_follow_ups_case_id_fkey REFERENCES mediation_cases (id),
    channel    TEXT        NOT NULL
               CONSTRAINT mediation_follow_ups_channel_check CHECK (channel IN ('visit', 'phone', 'message')),
    planned_on DATE        NOT NULL,
    planned_by UUID        NOT NULL CONSTRAINT mediation_follow_ups_planned_by_fkey REFERENCES accounts (id),
    -- Who does it.
    account_id UUID        NOT NULL CONSTRAINT mediation_follow_ups_account_id_fkey REFERENCES accounts (id),
    done_on    DATE,
    finding    TEXT        CONSTRAINT mediation_follow_ups_finding_check
               CHECK (finding IN ('kept', 'partly_kept', 'not_kept', 'not_reached')),
    note       TEXT        NOT NULL CONSTRAINT mediation_follow_ups_note_check CHECK (char_length(note) <= 2000),
    version    BIGINT      NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_follow_ups_done_check CHECK (num_nonnulls(done_on, finding) IN (0, 2))
);
CREATE INDEX mediation_follow_ups_case_id_idx ON mediation_follow_ups (case_id, id);
CREATE INDEX mediation_follow_ups_planned_by_idx ON mediation_follow_ups (planned_by);
CREATE INDEX mediation_follow_ups_account_id_idx ON mediation_follow_ups (account_id);

-- More time, with the consent of the parties (人民调解工作若干规定 33).
CREATE TABLE mediation_extensions (
    id         UUID        NOT NULL CONSTRAINT mediation_extensions_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_extensions_case_id_fkey REFERENCES mediation_cases (id),
    amount     INTEGER     NOT NULL CONSTRAINT mediation_extensions_amount_check CHECK (amount BETWEEN 1 AND 60),
    reason     TEXT        NOT NULL CONSTRAINT mediation_extensions_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    state      TEXT        NOT NULL
               CONSTRAINT mediation_extensions_state_check CHECK (state IN ('pending', 'agreed', 'refused', 'lapsed')),
    due_on     DATE,
    asked_by   UUID        NOT NULL CONSTRAINT mediation_extensions_asked_by_fkey REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_extensions_due_check CHECK ((state = 'agreed') = (due_on IS NOT NULL))
);
CREATE INDEX mediation_extensions_case_id_idx ON mediation_extensions (case_id, id);
CREATE INDEX mediation_extensions_asked_by_idx ON mediation_extensions (asked_by);
CREATE UNIQUE INDEX mediation_extensions_pending_key ON mediation_extensions (case_id) WHERE state = 'pending';

CREATE TABLE mediation_extension_replies (
    extension_id UUID        NOT NULL
                 CONSTRAINT mediation_extension_replies_extension_id_fkey REFERENCES mediation_extensions (id),
    party_id     UUID        NOT NULL CONSTRAINT mediation_extension_replies_party_id_fkey REFERENCES mediation_parties (id),
    is_agreed    BOOLEAN     NOT NULL,
    means        TEXT        NOT NULL CONSTRAINT mediation_extension_replies_means_check
                 CHECK (means IN ('app', 'in_person', 'phone', 'paper')),
    account_id   UUID        NOT NULL CONSTRAINT mediation_extension_replies_account_id_fkey REFERENCES accounts (id),
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_extension_replies_pkey PRIMARY KEY (extension_id, party_id)
);
CREATE INDEX mediation_extension_replies_party_id_idx ON mediation_extension_replies (party_id);
CREATE INDEX mediation_extension_replies_account_id_idx ON mediation_extension_replies (account_id);
