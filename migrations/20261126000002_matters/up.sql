-- Matters 事项: everything somebody must handle by a date. What all kinds share stands here; each kind has a table of its own
-- beside it. (E1 E2 E3 E4 E5 E10 E13, J4)

-- What petitions are about 诉求类别. A division's categories are added to those above it.
CREATE TABLE petition_categories (
    id         UUID        NOT NULL CONSTRAINT petition_categories_pkey PRIMARY KEY,
    division   BIGINT      NOT NULL CONSTRAINT petition_categories_division_fkey REFERENCES divisions (code),
    code       TEXT        NOT NULL
               CONSTRAINT petition_categories_code_check CHECK (code ~ '^[a-z][a-z0-9_]{1,39}$'),
    name       TEXT        NOT NULL CONSTRAINT petition_categories_name_check CHECK (char_length(name) BETWEEN 1 AND 40),
    guidance   TEXT        NOT NULL CONSTRAINT petition_categories_guidance_check CHECK (char_length(guidance) <= 500),
    -- What one must show with it.
    is_evidence_asked BOOLEAN NOT NULL,
    -- 直通快办 (E3): takes the short clock, straight to the department.
    is_fast    BOOLEAN     NOT NULL,
    is_active  BOOLEAN     NOT NULL,
    version    BIGINT      NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT petition_categories_code_key UNIQUE (code)
);
CREATE INDEX petition_categories_division_id_idx ON petition_categories (division, id);

-- What is asked besides, with each petition of a category.
CREATE TABLE petition_questions (
    category_id UUID    NOT NULL CONSTRAINT petition_questions_category_id_fkey REFERENCES petition_categories (id),
    position    INTEGER NOT NULL CONSTRAINT petition_questions_position_check CHECK (position BETWEEN 0 AND 19),
    code        TEXT    NOT NULL CONSTRAINT petition_questions_code_check CHECK (code ~ '^[a-z][a-z0-9_]{1,39}$'),
    label       TEXT    NOT NULL CONSTRAINT petition_questions_label_check CHECK (char_length(label) BETWEEN 1 AND 100),
    datatype    TEXT    NOT NULL CONSTRAINT petition_questions_datatype_check
                CHECK (datatype IN ('text', 'number', 'date', 'choice')),
    choices     TEXT[]  NOT NULL,
    is_required BOOLEAN NOT NULL,
    CONSTRAINT petition_questions_pkey PRIMARY KEY (category_id, position),
    CONSTRAINT petition_questions_category_id_code_key UNIQUE (category_id, code),
    CONSTRAINT petition_questions_choices_check CHECK ((datatype = 'choice') = (cardinality(choices) > 0))
);

-- Who handles what where 权责清单 (E13).
CREATE TABLE responsibilities (
    id              UUID        NOT NULL CONSTRAINT responsibilities_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT responsibilities_division_fkey REFERENCES divisions (code),
    category_id     UUID        NOT NULL
                    CONSTRAINT responsibilities_category_id_fkey REFERENCES petition_categories (id),
    organisation_id UUID        NOT NULL
                    CONSTRAINT responsibilities_organisation_id_fkey REFERENCES organisations (id),
    role            TEXT        NOT NULL CONSTRAINT responsibilities_role_check CHECK (role IN ('lead', 'assist')),
    legal_basis     TEXT        NOT NULL
                    CONSTRAINT responsibilities_legal_basis_check CHECK (char_length(legal_basis) <= 500),
    starts_on       DATE        NOT NULL,
    ends_on         DATE,
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT responsibilities_term_check CHECK (starts_on <= ends_on)
);
CREATE INDEX responsibilities_division_id_idx ON responsibilities (division, id);
CREATE INDEX responsibilities_category_id_idx ON responsibilities (category_id, division);
CREATE INDEX responsibilities_organisation_id_idx ON responsibilities (organisation_id);

CREATE TABLE matters (
    id                UUID        NOT NULL CONSTRAINT matters_pkey PRIMARY KEY,
    kind              TEXT        NOT NULL CONSTRAINT matters_kind_check CHECK (kind IN ('petition', 'mediation_case')),
    division          BIGINT      NOT NULL CONSTRAINT matters_division_fkey REFERENCES divisions (code),
    -- What a person reads over the telephone 受理编号: random, with a check digit.
    receipt           TEXT        NOT NULL CONSTRAINT matters_receipt_check CHECK (char_length(receipt) BETWEEN 8 AND 16),
    title             TEXT        NOT NULL CONSTRAINT matters_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    category_id       UUID        CONSTRAINT matters_category_id_fkey REFERENCES petition_categories (id),
    state             TEXT        NOT NULL CONSTRAINT matters_state_check CHECK (state IN (
                          'submitted', 'accepted', 'dispatched', 'in_progress', 'suspended', 'resolved', 'closed', 'rejected',
                          'withdrawn', 'merged')),
    -- Which clocks it runs by: 'fast' is 直通快办.
    grade             TEXT        NOT NULL CONSTRAINT matters_grade_check CHECK (char_length(grade) BETWEEN 1 AND 40),
    -- Who of the line 街居条线 answers for it.
    level             TEXT        NOT NULL CONSTRAINT matters_level_check
                      CHECK (level IN ('committee', 'street', 'district', 'city')),
    -- 首问负责: who received it answers for it until somebody has accepted it.
    first_receiver_id UUID        CONSTRAINT matters_first_receiver_id_fkey REFERENCES accounts (id),
    -- Whose it is since it was accepted: the lead of its dispatch.
    holder_id         UUID        CONSTRAINT matters_holder_id_fkey REFERENCES organisations (id),
    -- A joint operation 联合行动: one matter of which many are part.
    parent_id         UUID        CONSTRAINT matters_parent_id_fkey REFERENCES matters (id),
    emergency_order_id UUID       CONSTRAINT matters_emergency_order_id_fkey REFERENCES emergency_orders (id),
    -- The nearest end of a clock that runs.
    due_at            TIMESTAMPTZ,
    is_open           BOOLEAN     NOT NULL,
    returns           INTEGER     NOT NULL CONSTRAINT matters_returns_check CHECK (returns >= 0),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    closed_at         TIMESTAMPTZ,
    CONSTRAINT matters_receipt_key UNIQUE (receipt),
    CONSTRAINT matters_parent_id_check CHECK (parent_id <> id)
);
CREATE INDEX matters_division_id_idx ON matters (division, id);
CREATE INDEX matters_division_created_at_idx ON matters (division, created_at);
CREATE INDEX matters_open_idx ON matters (division, due_at, id) WHERE is_open;
CREATE INDEX matters_category_id_idx ON matters (category_id);
CREATE INDEX matters_first_receiver_id_idx ON matters (first_receiver_id);
CREATE INDEX matters_holder_id_idx ON matters (holder_id, id);
CREATE INDEX matters_parent_id_idx ON matters (parent_id);
CREATE INDEX matters_emergency_order_id_idx ON matters (emergency_order_id);

-- Handing a matter to an organisation 派单, and every hop of it.
CREATE TABLE dispatches (
    id              UUID        NOT NULL CONSTRAINT dispatches_pkey PRIMARY KEY,
    matter_id       UUID        NOT NULL CONSTRAINT dispatches_matter_id_fkey REFERENCES matters (id),
    division        BIGINT      NOT NULL CONSTRAINT dispatches_division_fkey REFERENCES divisions (code),
    organisation_id UUID        NOT NULL CONSTRAINT dispatches_organisation_id_fkey REFERENCES organisations (id),
    role            TEXT        NOT NULL CONSTRAINT dispatches_role_check CHECK (role IN ('lead', 'assist')),
    state           TEXT        NOT NULL CONSTRAINT dispatches_state_check
                    CHECK (state IN ('pending', 'accepted', 'returned', 'ended')),
    hop             INTEGER     NOT NULL CONSTRAINT dispatches_hop_check CHECK (hop >= 1),
    note            TEXT        NOT NULL CONSTRAINT dispatches_note_check CHECK (char_length(note) <= 500),
    dispatched_by   UUID        NOT NULL CONSTRAINT dispatches_dispatched_by_fkey REFERENCES accounts (id),
    dispatched_at   TIMESTAMPTZ NOT NULL,
    decided_by      UUID        CONSTRAINT dispatches_decided_by_fkey REFERENCES accounts (id),
    decided_at      TIMESTAMPTZ,
    -- Why it came back 退单, and whose it is instead.
    return_reason   TEXT        CONSTRAINT dispatches_return_reason_check CHECK (return_reason IN (
                        'not_responsible', 'outside_range', 'insufficient_information', 'duplicate')),
    return_note     TEXT        CONSTRAINT dispatches_return_note_check CHECK (char_length(return_note) BETWEEN 1 AND 500),
    suggested_id    UUID        CONSTRAINT dispatches_suggested_id_fkey REFERENCES organisations (id),
    ended_at        TIMESTAMPTZ,
    CONSTRAINT dispatches_returned_check CHECK (
        (state = 'returned') = (return_reason IS NOT NULL) AND (return_reason IS NULL) = (return_note IS NULL)),
    CONSTRAINT dispatches_decided_check CHECK ((decided_at IS NULL) = (decided_by IS NULL))
);
CREATE INDEX dispatches_matter_id_idx ON dispatches (matter_id, id);
CREATE INDEX dispatches_division_id_idx ON dispatches (division, id);
CREATE INDEX dispatches_organisation_id_idx ON dispatches (organisation_id, id);
CREATE INDEX dispatches_dispatched_by_idx ON dispatches (dispatched_by);
CREATE INDEX dispatches_decided_by_idx ON dispatches (decided_by);
CREATE INDEX dispatches_suggested_id_idx ON dispatches (suggested_id);
-- One lead at a time, and one organisation once.
CREATE UNIQUE INDEX dispatches_lead_key ON dispatches (matter_id)
    WHERE role = 'lead' AND state IN ('pending', 'accepted');
CREATE UNIQUE INDEX dispatches_matter_id_organisation_id_key ON dispatches (matter_id, organisation_id)
    WHERE state IN ('pending', 'accepted');

-- What a returned dispatch teaches the map of responsibilities, once somebody agrees.
CREATE TABLE responsibility_proposals (
    id              UUID        NOT NULL CONSTRAINT responsibility_proposals_pkey PRIMARY KEY,
    dispatch_id     UUID        NOT NULL
                    CONSTRAINT responsibility_proposals_dispatch_id_fkey REFERENCES dispatches (id),
    division        BIGINT      NOT NULL CONSTRAINT responsibility_proposals_division_fkey REFERENCES divisions (code),
    category_id     UUID        NOT NULL
                    CONSTRAINT responsibility_proposals_category_id_fkey REFERENCES petition_categories (id),
    organisation_id UUID        NOT NULL
                    CONSTRAINT responsibility_proposals_organisation_id_fkey REFERENCES organisations (id),
    status          TEXT        NOT NULL CONSTRAINT responsibility_proposals_status_check
                    CHECK (status IN ('pending', 'accepted', 'refused')),
    decided_by      UUID        CONSTRAINT responsibility_proposals_decided_by_fkey REFERENCES accounts (id),
    decided_at      TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT responsibility_proposals_dispatch_id_key UNIQUE (dispatch_id),
    CONSTRAINT responsibility_proposals_decided_check CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE INDEX responsibility_proposals_division_id_idx ON responsibility_proposals (division, id);
CREATE INDEX responsibility_proposals_category_id_idx ON responsibility_proposals (category_id);
CREATE INDEX responsibility_proposals_organisation_id_idx ON responsibility_proposals (organisation_id);
CREATE INDEX responsibility_proposals_decided_by_idx ON responsibility_proposals (decided_by);

-- By when what must be done 时限. Days are counted from the anchor; a pause moves it.
CREATE TABLE matter_clocks (
    id                 UUID        NOT NULL CONSTRAINT matter_clocks_pkey PRIMARY KEY,
    matter_id          UUID        NOT NULL CONSTRAINT matter_clocks_matter_id_fkey REFERENCES matters (id),
    division           BIGINT      NOT NULL CONSTRAINT matter_clocks_division_fkey REFERENCES divisions (code),
    clock              TEXT        NOT NULL CONSTRAINT matter_clocks_clock_check CHECK (clock IN (
                           'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch',
                           'review', 'final_review')),
    policy_id          UUID        CONSTRAINT matter_clocks_policy_id_fkey REFERENCES matter_policies (id),
    unit               TEXT        NOT NULL
                       CONSTRAINT matter_clocks_unit_check CHECK (unit IN ('working_day', 'calendar_day', 'month')),
    started_at         TIMESTAMPTZ NOT NULL,
    anchor_on          DATE        NOT NULL,
    amount             INTEGER     NOT NULL CONSTRAINT matter_clocks_amount_check CHECK (amount >= 0),
    extended_by        INTEGER     NOT NULL CONSTRAINT matter_clocks_extended_by_check CHECK (extended_by >= 0),
    due_on             DATE        NOT NULL,
    due_at             TIMESTAMPTZ NOT NULL,
    is_provisional     BOOLEAN     NOT NULL,
    paused_on          DATE,
    -- When it was done with; late if that was after the end.
    stopped_at         TIMESTAMPTZ,
    emergency_order_id UUID        CONSTRAINT matter_clocks_emergency_order_id_fkey REFERENCES emergency_orders (id),
    warned_at          TIMESTAMPTZ,
    -- How many steps up the line it was reported as late 督办.
    escalations        INTEGER     NOT NULL CONSTRAINT matter_clocks_escalations_check CHECK (escalations >= 0),
    -- When the worker has to look at it next; none while it is paused, and when it is done with.
    next_at            TIMESTAMPTZ
);
CREATE UNIQUE INDEX matter_clocks_running_key ON matter_clocks (matter_id, clock)
    WHERE stopped_at IS NULL AND clock <> 'answer';
-- Of a joint petition each threshold has a clock of its own.
CREATE UNIQUE INDEX matter_clocks_answer_key ON matter_clocks (matter_id, policy_id)
    WHERE stopped_at IS NULL AND clock = 'answer';
CREATE INDEX matter_clocks_matter_id_idx ON matter_clocks (matter_id, id);
-- What was done with in a place and a time 四率.
CREATE INDEX matter_clocks_division_stopped_at_idx ON matter_clocks (division, stopped_at);
CREATE INDEX matter_clocks_division_idx ON matter_clocks (division, id);
CREATE INDEX matter_clocks_next_at_idx ON matter_clocks (next_at);
CREATE INDEX matter_clocks_policy_id_idx ON matter_clocks (policy_id);
CREATE INDEX matter_clocks_emergency_order_id_idx ON matter_clocks (emergency_order_id);

-- Asking for more time 延期.
CREATE TABLE matter_extensions (
    id         UUID        NOT NULL CONSTRAINT matter_extensions_pkey PRIMARY KEY,
    matter_id  UUID        NOT NULL CONSTRAINT matter_extensions_matter_id_fkey REFERENCES matters (id),
    clock_id   UUID        NOT NULL CONSTRAINT matter_extensions_clock_id_fkey REFERENCES matter_clocks (id),
    division   BIGINT      NOT NULL CONSTRAINT matter_extensions_division_fkey REFERENCES divisions (code),
    amount     INTEGER     NOT NULL CONSTRAINT matter_extensions_amount_check CHECK (amount BETWEEN 1 AND 60),
    reason     TEXT        NOT NULL CONSTRAINT matter_extensions_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    status     TEXT        NOT NULL
               CONSTRAINT matter_extensions_status_check CHECK (status IN ('pending', 'approved', 'refused', 'lapsed')),
    asked_by   UUID        NOT NULL CONSTRAINT matter_extensions_asked_by_fkey REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    decided_by UUID        CONSTRAINT matter_extensions_decided_by_fkey REFERENCES accounts (id),
    decided_at TIMESTAMPTZ,
    note       TEXT        NOT NULL CONSTRAINT matter_extensions_note_check CHECK (char_length(note) <= 500),
    CONSTRAINT matter_extensions_decided_check CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE INDEX matter_extensions_matter_id_idx ON matter_extensions (matter_id);
CREATE UNIQUE INDEX matter_extensions_pending_key ON matter_extensions (clock_id) WHERE status = 'pending';
CREATE INDEX matter_extensions_clock_id_idx ON matter_extensions (clock_id);
CREATE INDEX matter_extensions_division_id_idx ON matter_extensions (division, id);
CREATE INDEX matter_extensions_asked_by_idx ON matter_extensions (asked_by);
CREATE INDEX matter_extensions_decided_by_idx ON matter_extensions (decided_by);

-- What happened, in order, and who may read it.
CREATE TABLE matter_events (
    id              UUID        NOT NULL CONSTRAINT matter_events_pkey PRIMARY KEY,
    matter_id       UUID        NOT NULL CONSTRAINT matter_events_matter_id_fkey REFERENCES matters (id),
    at              TIMESTAMPTZ NOT NULL,
    event           TEXT        NOT NULL CONSTRAINT matter_events_event_check CHECK (char_length(event) BETWEEN 1 AND 40),
    state           TEXT        NOT NULL CONSTRAINT matter_events_state_check CHECK (char_length(state) BETWEEN 1 AND 40),
    -- None where a deadline did it.
    account_id      UUID        CONSTRAINT matter_events_account_id_fkey REFERENCES accounts (id),
    organisation_id UUID        CONSTRAINT matter_events_organisation_id_fkey REFERENCES organisations (id),
    -- Whether it was done for the petitioner by somebody else.
    is_on_behalf    BOOLEAN     NOT NULL,
    audience        TEXT        NOT NULL
                    CONSTRAINT matter_events_audience_check CHECK (audience IN ('citizen', 'staff', 'office')),
    reason          TEXT        CONSTRAINT matter_events_reason_check CHECK (char_length(reason) BETWEEN 1 AND 40),
    note            TEXT        NOT NULL CONSTRAINT matter_events_note_check CHECK (char_length(note) <= 4000),
    dispatch_id     UUID        CONSTRAINT matter_events_dispatch_id_fkey REFERENCES dispatches (id),
    due_on          DATE
);
CREATE INDEX matter_events_matter_id_idx ON matter_events (matter_id, id);
CREATE INDEX matter_events_account_id_idx ON matter_events (account_id);
CREATE INDEX matter_events_organisation_id_idx ON matter_events (organisation_id);
CREATE INDEX matter_events_dispatch_id_idx ON matter_events (dispatch_id);
