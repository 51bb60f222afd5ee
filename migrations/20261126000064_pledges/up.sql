-- Pledges 双报到: an organisation, or a member for themselves, checks in to a community and offers something; the committee says yes or
-- no, notes what came of it, and both report to each other once a year 双报告.

CREATE TABLE pledges (
    id              UUID        NOT NULL CONSTRAINT pledges_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT pledges_division_fkey REFERENCES divisions (code),
    organisation_id UUID        CONSTRAINT pledges_organisation_id_fkey REFERENCES organisations (id),
    resident_id     UUID        CONSTRAINT pledges_resident_id_fkey REFERENCES residents (id),
    kind            TEXT        NOT NULL CONSTRAINT pledges_kind_check CHECK (kind IN ('services', 'hours', 'places', 'skills', 'goods')),
    offer           TEXT        NOT NULL CONSTRAINT pledges_offer_check CHECK (char_length(offer) BETWEEN 1 AND 1000),
    -- How many hours, where hours are offered.
    hours           INTEGER     CONSTRAINT pledges_hours_check CHECK (hours BETWEEN 1 AND 10000),
    starts_on       DATE        NOT NULL,
    ends_on         DATE,
    state           TEXT        NOT NULL CONSTRAINT pledges_state_check CHECK (state IN ('offered', 'accepted', 'declined', 'completed')),
    reason          TEXT        NOT NULL CONSTRAINT pledges_reason_check CHECK (char_length(reason) <= 500),
    pledged_by      UUID        NOT NULL CONSTRAINT pledges_pledged_by_fkey REFERENCES accounts (id),
    decided_by      UUID        CONSTRAINT pledges_decided_by_fkey REFERENCES accounts (id),
    decided_at      TIMESTAMPTZ,
    completed_at    TIMESTAMPTZ,
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT pledges_pledger_check CHECK (num_nonnulls(organisation_id, resident_id) = 1),
    CONSTRAINT pledges_days_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CONSTRAINT pledges_decided_check CHECK (
        (state = 'offered') = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
        AND decided_by IS DISTINCT FROM pledged_by AND (state = 'completed') = (completed_at IS NOT NULL)),
    CONSTRAINT pledges_reasoned_check CHECK (state <> 'declined' OR reason <> '')
);
CREATE INDEX pledges_division_idx ON pledges (division, id);
CREATE INDEX pledges_organisation_id_idx ON pledges (organisation_id, id);
CREATE INDEX pledges_resident_id_idx ON pledges (resident_id, id);
CREATE INDEX pledges_pledged_by_idx ON pledges (pledged_by);
CREATE INDEX pledges_decided_by_idx ON pledges (decided_by);

-- What came of a pledge.
CREATE TABLE pledge_uses (
    id          UUID        NOT NULL CONSTRAINT pledge_uses_pkey PRIMARY KEY,
    pledge_id   UUID        NOT NULL CONSTRAINT pledge_uses_pledge_id_fkey REFERENCES pledges (id),
    used_on     DATE        NOT NULL,
    text        TEXT        NOT NULL CONSTRAINT pledge_uses_text_check CHECK (char_length(text) BETWEEN 1 AND 1000),
    minutes     INTEGER     CONSTRAINT pledge_uses_minutes_check CHECK (minutes BETWEEN 1 AND 100000),
    recorded_by UUID        NOT NULL CONSTRAINT pledge_uses_recorded_by_fkey REFERENCES accounts (id),
    created_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX pledge_uses_pledge_id_idx ON pledge_uses (pledge_id, id);
CREATE INDEX pledge_uses_recorded_by_idx ON pledge_uses (recorded_by);

-- What the community told of a year, and what the pledger answered: each once.
CREATE TABLE pledge_reports (
    id          UUID        NOT NULL CONSTRAINT pledge_reports_pkey PRIMARY KEY,
    pledge_id   UUID        NOT NULL CONSTRAINT pledge_reports_pledge_id_fkey REFERENCES pledges (id),
    year        INTEGER     NOT NULL CONSTRAINT pledge_reports_year_check CHECK (year BETWEEN 2000 AND 2999),
    uses        INTEGER     NOT NULL CONSTRAINT pledge_reports_uses_check CHECK (uses >= 0),
    minutes     BIGINT      NOT NULL CONSTRAINT pledge_reports_minutes_check CHECK (minutes >= 0),
    text        TEXT        NOT NULL CONSTRAINT pledge_reports_text_check CHECK (char_length(text) BETWEEN 1 AND 2000),
    reported_by UUID        NOT NULL CONSTRAINT pledge_reports_reported_by_fkey REFERENCES accounts (id),
    created_at  TIMESTAMPTZ NOT NULL,
    answer      TEXT        CONSTRAINT pledge_reports_answer_check CHECK (char_length(answer) BETWEEN 1 AND 2000),
    answered_by UUID        CONSTRAINT pledge_reports_answered_by_fkey REFERENCES accounts (id),
    answered_at TIMESTAMPTZ,
    CONSTRAINT pledge_reports_answered_check CHECK (num_nonnulls(answer, answered_by, answered_at) IN (0, 3)),
    CONSTRAINT pledge_reports_year_key UNIQUE (pledge_id, year)
);
CREATE INDEX pledge_reports_reported_by_idx ON pledge_reports (reported_by);
CREATE INDEX pledge_reports_answered_by_idx ON pledge_reports (answered_by);
