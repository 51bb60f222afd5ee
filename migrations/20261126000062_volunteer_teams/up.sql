-- Standing teams of volunteers 志愿服务队, with response teams 突击队 and second lines 第二梯队 that an emergency order calls up; who is in them
-- joined of their own will.

CREATE TABLE volunteer_teams (
    id                UUID        NOT NULL CONSTRAINT volunteer_teams_pkey PRIMARY KEY,
    division          BIGINT      NOT NULL CONSTRAINT volunteer_teams_division_fkey REFERENCES divisions (code),
    organisation_id   UUID        CONSTRAINT volunteer_teams_organisation_id_fkey REFERENCES organisations (id),
    building_group_id UUID        CONSTRAINT volunteer_teams_building_group_id_fkey REFERENCES building_groups (id),
    name              TEXT        NOT NULL CONSTRAINT volunteer_teams_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    story             TEXT        NOT NULL CONSTRAINT volunteer_teams_story_check CHECK (char_length(story) <= 2000),
    kind              TEXT        NOT NULL CONSTRAINT volunteer_teams_kind_check
                      CHECK (kind IN ('standing', 'first_response', 'second_line')),
    -- What it can do, or looks for.
    skills            TEXT[]      NOT NULL,
    status            TEXT        NOT NULL CONSTRAINT volunteer_teams_status_check CHECK (status IN ('active', 'dissolved')),
    created_by        UUID        NOT NULL CONSTRAINT volunteer_teams_created_by_fkey REFERENCES accounts (id),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT volunteer_teams_organiser_check CHECK (num_nonnulls(organisation_id, building_group_id) = 1),
    CONSTRAINT volunteer_teams_division_name_key UNIQUE (division, name)
);
CREATE INDEX volunteer_teams_division_idx ON volunteer_teams (division, id);
CREATE INDEX volunteer_teams_organisation_id_idx ON volunteer_teams (organisation_id, id);
CREATE INDEX volunteer_teams_building_group_id_idx ON volunteer_teams (building_group_id, id);
CREATE INDEX volunteer_teams_created_by_idx ON volunteer_teams (created_by);

CREATE TABLE volunteer_team_members (
    id          UUID        NOT NULL CONSTRAINT volunteer_team_members_pkey PRIMARY KEY,
    team_id     UUID        NOT NULL CONSTRAINT volunteer_team_members_team_id_fkey REFERENCES volunteer_teams (id),
    resident_id UUID        NOT NULL CONSTRAINT volunteer_team_members_resident_id_fkey REFERENCES residents (id),
    -- The person themselves: nobody joins anybody else.
    account_id  UUID        NOT NULL CONSTRAINT volunteer_team_members_account_id_fkey REFERENCES accounts (id),
    skills      TEXT[]      NOT NULL,
    is_leader   BOOLEAN     NOT NULL DEFAULT false,
    joined_at   TIMESTAMPTZ NOT NULL,
    left_at     TIMESTAMPTZ,
    CONSTRAINT volunteer_team_members_left_check CHECK (left_at IS NULL OR NOT is_leader)
);
CREATE UNIQUE INDEX volunteer_team_members_active_key ON volunteer_team_members (team_id, account_id) WHERE left_at IS NULL;
CREATE UNIQUE INDEX volunteer_team_members_leader_key ON volunteer_team_members (team_id) WHERE is_leader;
CREATE INDEX volunteer_team_members_team_id_idx ON volunteer_team_members (team_id, id);
CREATE INDEX volunteer_team_members_resident_id_idx ON volunteer_team_members (resident_id);
CREATE INDEX volunteer_team_members_account_id_idx ON volunteer_team_members (account_id, id);

-- When a team was called up, by which order, and when it stood down. It stands down with the order, too, without a line.
CREATE TABLE volunteer_team_activations (
    id                 UUID        NOT NULL CONSTRAINT volunteer_team_activations_pkey PRIMARY KEY,
    team_id            UUID        NOT NULL CONSTRAINT volunteer_team_activations_team_id_fkey REFERENCES volunteer_teams (id),
    emergency_order_id UUID        NOT NULL CONSTRAINT volunteer_team_activations_emergency_order_id_fkey
                                   REFERENCES emergency_orders (id),
    activated_by       UUID        NOT NULL CONSTRAINT volunteer_team_activations_activated_by_fkey REFERENCES accounts (id),
    activated_at       TIMESTAMPTZ NOT NULL,
    stood_down_by      UUID        CONSTRAINT volunteer_team_activations_stood_down_by_fkey REFERENCES accounts (id),
    stood_down_at      TIMESTAMPTZ,
    CONSTRAINT volunteer_team_activations_stood_down_check CHECK ((stood_down_by IS NULL) = (stood_down_at IS NULL))
);
CREATE UNIQUE INDEX volunteer_team_activations_open_key ON volunteer_team_activations (team_id, emergency_order_id)
    WHERE stood_down_at IS NULL;
CREATE INDEX volunteer_team_activations_team_id_idx ON volunteer_team_activations (team_id, id);
CREATE INDEX volunteer_team_activations_emergency_order_id_idx ON volunteer_team_activations (emergency_order_id);
CREATE INDEX volunteer_team_activations_activated_by_idx ON volunteer_team_activations (activated_by);
CREATE INDEX volunteer_team_activations_stood_down_by_idx ON volunteer_team_activations (stood_down_by);
