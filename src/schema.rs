// @generated automatically by Diesel CLI.

diesel::table! {
    account_identities (id) {
        id -> Uuid,
        account_id -> Uuid,
        openid_hash -> Bytea,
        unionid_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    accounts (id) {
        id -> Uuid,
        phone_sealed -> Bytea,
        phone_hash -> Nullable<Bytea>,
        display_name -> Text,
        language -> Text,
        password_hash -> Nullable<Text>,
        totp_sealed -> Nullable<Bytea>,
        totp_since -> Nullable<Timestamptz>,
        totp_last_step -> Int8,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    application_secrets (id) {
        id -> Uuid,
        application_id -> Uuid,
        hash -> Bytea,
        hint -> Text,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    applications (id) {
        id -> Uuid,
        name -> Text,
        purpose -> Text,
        organisation_id -> Nullable<Uuid>,
        division -> Int8,
        scopes -> Array<Nullable<Text>>,
        status -> Text,
        ends_on -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    attendance_corrections (id) {
        id -> Uuid,
        attendance_id -> Uuid,
        was_kind -> Text,
        was_arrived -> Nullable<Timestamptz>,
        was_left -> Nullable<Timestamptz>,
        was_break -> Int4,
        kind -> Text,
        arrived_at -> Nullable<Timestamptz>,
        left_at -> Nullable<Timestamptz>,
        break_minutes -> Int4,
        reason -> Text,
        corrected_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    attendances (id) {
        id -> Uuid,
        signup_id -> Uuid,
        shift_id -> Uuid,
        resident_id -> Uuid,
        division -> Int8,
        kind -> Text,
        arrived_at -> Nullable<Timestamptz>,
        left_at -> Nullable<Timestamptz>,
        break_minutes -> Int4,
        source -> Text,
        reason -> Text,
        noted_by -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        left_noted_by -> Nullable<Uuid>,
        left_noted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Uuid,
        at -> Timestamptz,
        account_id -> Nullable<Uuid>,
        action -> Text,
        resource -> Text,
        resource_id -> Text,
        division -> Int8,
        request_id -> Text,
        detail -> Jsonb,
        seal -> Nullable<Int8>,
        application_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    audit_seals (id) {
        id -> Int8,
        events -> Int4,
        hash -> Bytea,
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    building_group_members (building_id, unit) {
        building_group_id -> Uuid,
        building_id -> Uuid,
        unit -> Text,
    }
}

diesel::table! {
    building_group_titles (id) {
        id -> Uuid,
        building_group_id -> Uuid,
        title -> Text,
        granted_by -> Uuid,
        granted_on -> Date,
        created_at -> Timestamptz,
        withdrawn_on -> Nullable<Date>,
    }
}

diesel::table! {
    building_groups (id) {
        id -> Uuid,
        estate_id -> Uuid,
        division -> Int8,
        name -> Text,
        slogan -> Text,
        introduction -> Text,
        brand_name -> Nullable<Text>,
        brand_story -> Nullable<Text>,
        leader_id -> Nullable<Uuid>,
        deputy_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    buildings (id) {
        id -> Uuid,
        estate_id -> Uuid,
        division -> Int8,
        number -> Text,
        floors -> Nullable<Int4>,
        has_lift -> Bool,
        units -> Array<Nullable<Text>>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    calendar_days (day) {
        day -> Date,
        year -> Int4,
        is_workday -> Bool,
        name -> Text,
    }
}

diesel::table! {
    calendar_years (year) {
        year -> Int4,
        source -> Text,
        version -> Int8,
        loaded_at -> Timestamptz,
    }
}

diesel::table! {
    calendars (id) {
        id -> Uuid,
        account_id -> Uuid,
        kind -> Text,
        division -> Nullable<Int8>,
        token_hash -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    certificate_stays (certificate_id, attendance_id) {
        certificate_id -> Uuid,
        attendance_id -> Uuid,
    }
}

diesel::table! {
    certificates (id) {
        id -> Uuid,
        number -> Text,
        resident_id -> Uuid,
        account_id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        building_group_id -> Nullable<Uuid>,
        issuer_name -> Text,
        served_from -> Date,
        served_until -> Date,
        minutes -> Int4,
        content -> Text,
        shows_name -> Bool,
        shows_document -> Bool,
        shows_content -> Bool,
        revoked_at -> Nullable<Timestamptz>,
        revoked_by -> Nullable<Uuid>,
        revocation -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        handler -> Nullable<Text>,
        contact -> Text,
        recognitions -> Text,
        stars -> Nullable<Int4>,
        shows_handler -> Bool,
        shows_recognitions -> Bool,
    }
}

diesel::table! {
    check_ins (id) {
        id -> Uuid,
        division -> Int8,
        purpose -> Text,
        event_id -> Nullable<Uuid>,
        venue_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        resident_id -> Nullable<Uuid>,
        recorded_by -> Nullable<Uuid>,
        is_offline -> Bool,
        scanned_at -> Nullable<Timestamptz>,
        checked_in_at -> Timestamptz,
        recorded_at -> Timestamptz,
        application_id -> Nullable<Uuid>,
        follows_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    code_keys (id) {
        id -> Int4,
        public_key -> Bytea,
        private_sealed -> Bytea,
        created_at -> Timestamptz,
        signs_from -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    code_uses (nonce) {
        nonce -> Bytea,
        check_in_id -> Uuid,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    consents (id) {
        id -> Uuid,
        account_id -> Uuid,
        resident_id -> Nullable<Uuid>,
        purpose -> Text,
        notice_version -> Int4,
        is_separate -> Bool,
        given_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
        recipient_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    corrections (id) {
        id -> Uuid,
        resident_id -> Uuid,
        division -> Int8,
        account_id -> Uuid,
        field -> Text,
        value_sealed -> Nullable<Bytea>,
        note -> Text,
        status -> Text,
        answer -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    data_exports (id) {
        id -> Uuid,
        account_id -> Uuid,
        content_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    data_grant_reads (id) {
        id -> Uuid,
        data_grant_id -> Uuid,
        account_id -> Uuid,
        at -> Timestamptz,
        rows -> Int4,
    }
}

diesel::table! {
    data_grants (id) {
        id -> Uuid,
        dataset -> Text,
        fields -> Array<Nullable<Text>>,
        purpose -> Text,
        reason -> Text,
        grantee_id -> Uuid,
        division -> Int8,
        granted_by -> Uuid,
        granted_at -> Timestamptz,
        expires_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
        withdrawn_by -> Nullable<Uuid>,
        basis -> Text,
    }
}

diesel::table! {
    disclosures (id) {
        id -> Uuid,
        resident_id -> Uuid,
        account_id -> Uuid,
        role -> Text,
        organisation_id -> Nullable<Uuid>,
        purpose -> Text,
        fields -> Array<Nullable<Text>>,
        at -> Timestamptz,
    }
}

diesel::table! {
    dispatches (id) {
        id -> Uuid,
        matter_id -> Uuid,
        division -> Int8,
        organisation_id -> Uuid,
        role -> Text,
        state -> Text,
        hop -> Int4,
        note -> Text,
        dispatched_by -> Uuid,
        dispatched_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        return_reason -> Nullable<Text>,
        return_note -> Nullable<Text>,
        suggested_id -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    dispute_entries (id) {
        id -> Uuid,
        division -> Int8,
        dispute_type -> Text,
        grounds -> Array<Nullable<Text>>,
        facts -> Text,
        wanted -> Text,
        place -> Text,
        resident_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        name -> Nullable<Text>,
        phone_sealed -> Nullable<Bytea>,
        other_name -> Nullable<Text>,
        other_organisation_id -> Nullable<Uuid>,
        other_phone_sealed -> Nullable<Bytea>,
        route -> Text,
        legal_basis -> Text,
        organisation_id -> Nullable<Uuid>,
        case_id -> Nullable<Uuid>,
        state -> Text,
        accepted_at -> Nullable<Timestamptz>,
        outcome -> Nullable<Text>,
        answered_at -> Nullable<Timestamptz>,
        handed_from -> Nullable<Text>,
        handed_reason -> Nullable<Text>,
        handed_at -> Nullable<Timestamptz>,
        handed_by -> Nullable<Uuid>,
        entered_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        guardian_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    dispute_route_rules (id) {
        id -> Uuid,
        division -> Int8,
        position -> Int4,
        ground -> Nullable<Text>,
        dispute_type -> Nullable<Text>,
        route -> Text,
        effective_from -> Date,
        legal_basis -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    division_lineages (predecessor, successor) {
        predecessor -> Int8,
        successor -> Int8,
        kind -> Text,
        effective_on -> Date,
    }
}

diesel::table! {
    divisions (code) {
        code -> Int8,
        name -> Text,
        level -> Text,
        parent -> Nullable<Int8>,
        status -> Text,
        address -> Text,
        phones -> Array<Nullable<Text>>,
        opening_hours -> Jsonb,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        version -> Int8,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    dwelling_residents (id) {
        id -> Uuid,
        dwelling_id -> Uuid,
        division -> Int8,
        resident_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        relation -> Text,
        share_numerator -> Nullable<Int4>,
        share_denominator -> Nullable<Int4>,
        is_living -> Bool,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        departure_id -> Nullable<Uuid>,
        source -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    dwellings (id) {
        id -> Uuid,
        building_id -> Uuid,
        division -> Int8,
        unit -> Text,
        number -> Text,
        floor -> Nullable<Int4>,
        exclusive_area -> Nullable<Numeric>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    emergency_orders (id) {
        id -> Uuid,
        division -> Int8,
        title -> Text,
        legal_basis -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        ended_by -> Nullable<Uuid>,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Uuid,
        division -> Int8,
        resident_id -> Uuid,
        issuer -> Text,
        outcome -> Text,
        notice_version -> Int4,
        enrolled_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    erasures (id) {
        id -> Uuid,
        resident_id -> Uuid,
        division -> Int8,
        account_id -> Nullable<Uuid>,
        reason -> Text,
        status -> Text,
        answer -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        entered_by -> Nullable<Uuid>,
        asked_by -> Nullable<Text>,
        evidence -> Text,
    }
}

diesel::table! {
    estates (id) {
        id -> Uuid,
        name -> Text,
        division -> Int8,
        kind -> Text,
        address -> Text,
        built_year -> Nullable<Int4>,
        is_old -> Bool,
        has_lift -> Bool,
        property_company_id -> Nullable<Uuid>,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    exports (id) {
        id -> Uuid,
        account_id -> Uuid,
        division -> Int8,
        form -> Text,
        purpose -> Text,
        residence -> Nullable<Text>,
        min_age -> Nullable<Int4>,
        max_age -> Nullable<Int4>,
        people -> Nullable<Int8>,
        file_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    file_links (file_id) {
        file_id -> Uuid,
        resource -> Text,
        resource_id -> Uuid,
        division -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    files (id) {
        id -> Uuid,
        account_id -> Uuid,
        kind -> Text,
        name -> Text,
        size -> Int8,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        sha256 -> Bytea,
        content_key -> Text,
        thumbnail_key -> Nullable<Text>,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        key_sealed -> Nullable<Bytea>,
    }
}

diesel::table! {
    guardians (id) {
        id -> Uuid,
        ward_id -> Uuid,
        guardian_id -> Uuid,
        division -> Int8,
        relation -> Text,
        evidence -> Text,
        recorded_by -> Uuid,
        created_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    hearing_slots (id) {
        id -> Uuid,
        room_id -> Uuid,
        begins_at -> Timestamptz,
        ends_at -> Timestamptz,
        created_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    hour_disputes (id) {
        id -> Uuid,
        signup_id -> Uuid,
        division -> Int8,
        stage -> Text,
        account_id -> Uuid,
        reason -> Text,
        outcome -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    household_members (id) {
        id -> Uuid,
        household_id -> Uuid,
        division -> Int8,
        resident_id -> Uuid,
        relation -> Text,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        departure_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    households (id) {
        id -> Uuid,
        division -> Int8,
        dwelling_id -> Nullable<Uuid>,
        number -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    idempotency_keys (fingerprint) {
        fingerprint -> Bytea,
        body_hash -> Bytea,
        answer_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    import_faults (import_id, line, field) {
        import_id -> Uuid,
        line -> Int8,
        field -> Text,
        code -> Text,
        explanation -> Text,
    }
}

diesel::table! {
    import_keys (import_id, key) {
        import_id -> Uuid,
        key -> Bytea,
        line -> Int8,
    }
}

diesel::table! {
    imports (id) {
        id -> Uuid,
        account_id -> Nullable<Uuid>,
        division -> Int8,
        form -> Text,
        sha256 -> Bytea,
        source_id -> Nullable<Uuid>,
        mode -> Text,
        is_dry_run -> Bool,
        is_checked -> Bool,
        done -> Int8,
        entered -> Int8,
        changed -> Int8,
        unchanged -> Int8,
        refused -> Int8,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        report_sealed -> Nullable<Bytea>,
        report_until -> Nullable<Timestamptz>,
        left_out -> Int8,
    }
}

diesel::table! {
    inbox_items (id) {
        id -> Uuid,
        division -> Int8,
        task -> Text,
        title -> Text,
        matter_id -> Nullable<Uuid>,
        dispatch_id -> Nullable<Uuid>,
        extension_id -> Nullable<Uuid>,
        summons_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        level -> Nullable<Text>,
        due_at -> Timestamptz,
        created_at -> Timestamptz,
        dispute_entry_id -> Nullable<Uuid>,
        screening_lead_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        account_id -> Uuid,
        is_second_factor -> Bool,
        division -> Nullable<Int8>,
        payload -> Jsonb,
        state -> Text,
        done -> Int8,
        total -> Nullable<Int8>,
        result -> Nullable<Jsonb>,
        problem_code -> Nullable<Text>,
        attempts -> Int4,
        claim -> Nullable<Uuid>,
        run_at -> Timestamptz,
        heartbeat_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    label_count_deltas (id) {
        id -> Int8,
        label_id -> Uuid,
        division -> Int8,
        delta -> Int2,
    }
}

diesel::table! {
    label_counts (label_id, division) {
        label_id -> Uuid,
        division -> Int8,
        count -> Int8,
    }
}

diesel::table! {
    labels (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        description -> Text,
        division -> Int8,
        level -> Text,
        see_roles -> Array<Nullable<Text>>,
        set_roles -> Array<Nullable<Text>>,
        is_sensitive -> Bool,
        lasts_days -> Nullable<Int4>,
        retired_on -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    matter_clocks (id) {
        id -> Uuid,
        matter_id -> Uuid,
        division -> Int8,
        clock -> Text,
        policy_id -> Nullable<Uuid>,
        unit -> Text,
        started_at -> Timestamptz,
        anchor_on -> Date,
        amount -> Int4,
        extended_by -> Int4,
        due_on -> Date,
        due_at -> Timestamptz,
        is_provisional -> Bool,
        paused_on -> Nullable<Date>,
        stopped_at -> Nullable<Timestamptz>,
        emergency_order_id -> Nullable<Uuid>,
        warned_at -> Nullable<Timestamptz>,
        escalations -> Int4,
        next_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    matter_events (id) {
        id -> Uuid,
        matter_id -> Uuid,
        at -> Timestamptz,
        event -> Text,
        state -> Text,
        account_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        is_on_behalf -> Bool,
        audience -> Text,
        reason -> Nullable<Text>,
        note -> Text,
        dispatch_id -> Nullable<Uuid>,
        due_on -> Nullable<Date>,
    }
}

diesel::table! {
    matter_extensions (id) {
        id -> Uuid,
        matter_id -> Uuid,
        clock_id -> Uuid,
        division -> Int8,
        amount -> Int4,
        reason -> Text,
        status -> Text,
        asked_by -> Uuid,
        created_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        note -> Text,
    }
}

diesel::table! {
    matter_policies (id) {
        id -> Uuid,
        division -> Int8,
        kind -> Text,
        variant -> Nullable<Text>,
        category -> Nullable<Text>,
        grade -> Nullable<Text>,
        mode -> Text,
        clock -> Text,
        amount -> Int4,
        unit -> Text,
        signatures -> Nullable<Int4>,
        level -> Nullable<Text>,
        effective_from -> Date,
        effective_until -> Nullable<Date>,
        legal_basis -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    matters (id) {
        id -> Uuid,
        kind -> Text,
        division -> Int8,
        receipt -> Text,
        title -> Text,
        category_id -> Nullable<Uuid>,
        state -> Text,
        grade -> Text,
        level -> Text,
        first_receiver_id -> Nullable<Uuid>,
        holder_id -> Nullable<Uuid>,
        parent_id -> Nullable<Uuid>,
        emergency_order_id -> Nullable<Uuid>,
        due_at -> Nullable<Timestamptz>,
        is_open -> Bool,
        returns -> Int4,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mediation_agreement_items (id) {
        id -> Uuid,
        agreement_id -> Uuid,
        position -> Int4,
        instalment -> Int4,
        kind -> Text,
        debtor_id -> Uuid,
        creditor_id -> Uuid,
        amount_fen -> Nullable<Int8>,
        act -> Text,
        due_on -> Nullable<Date>,
        state -> Text,
        paid_fen -> Int8,
        late_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mediation_agreements (id) {
        id -> Uuid,
        case_id -> Uuid,
        number -> Text,
        form -> Text,
        state -> Text,
        basis -> Text,
        terms -> Text,
        text -> Text,
        text_sha256 -> Bytea,
        created_by -> Uuid,
        created_at -> Timestamptz,
        effective_on -> Nullable<Date>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mediation_annulments (id) {
        id -> Uuid,
        agreement_id -> Uuid,
        kind -> Text,
        court -> Text,
        decided_on -> Date,
        document_number -> Text,
        reason -> Text,
        created_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_cases (id) {
        id -> Uuid,
        source -> Text,
        incident_number -> Nullable<Text>,
        petition_id -> Nullable<Uuid>,
        dispute_type -> Text,
        grade -> Text,
        subject -> Text,
        facts -> Text,
        claims -> Text,
        is_violent -> Bool,
        risk_note -> Text,
        registered_by -> Uuid,
        organisation_id -> Nullable<Uuid>,
        end_reason -> Nullable<Text>,
        end_note -> Text,
        routes -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    mediation_confirmation_parties (confirmation_id, party_id) {
        confirmation_id -> Uuid,
        party_id -> Uuid,
        joined_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_confirmations (id) {
        id -> Uuid,
        agreement_id -> Uuid,
        state -> Text,
        court -> Text,
        applied_on -> Nullable<Date>,
        decided_on -> Nullable<Date>,
        document_number -> Nullable<Text>,
        note -> Text,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_evidence (id) {
        id -> Uuid,
        case_id -> Uuid,
        party_id -> Nullable<Uuid>,
        seat_id -> Nullable<Uuid>,
        audience -> Text,
        title -> Text,
        text -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_examples (id) {
        id -> Uuid,
        case_id -> Uuid,
        district -> Int8,
        dispute_type -> Text,
        title -> Text,
        facts -> Text,
        mediation -> Text,
        lesson -> Text,
        state -> Text,
        written_by -> Uuid,
        edited_by -> Uuid,
        reviewed_by -> Nullable<Uuid>,
        review_note -> Text,
        published_at -> Nullable<Timestamptz>,
        withdrawn_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Timestamptz>,
        withdrawal_reason -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_extension_replies (extension_id, party_id) {
        extension_id -> Uuid,
        party_id -> Uuid,
        is_agreed -> Bool,
        means -> Text,
        account_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_extensions (id) {
        id -> Uuid,
        case_id -> Uuid,
        amount -> Int4,
        reason -> Text,
        state -> Text,
        due_on -> Nullable<Date>,
        asked_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_follow_ups (id) {
        id -> Uuid,
        case_id -> Uuid,
        channel -> Text,
        planned_on -> Date,
        planned_by -> Uuid,
        account_id -> Uuid,
        done_on -> Nullable<Date>,
        finding -> Nullable<Text>,
        note -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_grades (id) {
        id -> Uuid,
        division -> Int8,
        grade -> Text,
        seats -> Array<Nullable<Text>>,
        mediators -> Int4,
        effective_from -> Date,
        legal_basis -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_hearing_attendees (id) {
        id -> Uuid,
        hearing_id -> Uuid,
        seat_id -> Nullable<Uuid>,
        party_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        is_expected -> Bool,
        has_attended -> Nullable<Bool>,
    }
}

diesel::table! {
    mediation_hearing_notices (id) {
        id -> Uuid,
        hearing_id -> Uuid,
        edition -> Int4,
        seat_id -> Nullable<Uuid>,
        party_id -> Nullable<Uuid>,
        means -> Text,
        is_confirmed -> Bool,
        note -> Text,
        served_at -> Timestamptz,
        noted_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_hearing_reservations (id) {
        id -> Uuid,
        hearing_id -> Uuid,
        account_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        begins_at -> Timestamptz,
        ends_at -> Timestamptz,
        holds -> Bool,
    }
}

diesel::table! {
    mediation_hearings (id) {
        id -> Uuid,
        case_id -> Uuid,
        room_id -> Uuid,
        slot_id -> Nullable<Uuid>,
        begins_at -> Timestamptz,
        ends_at -> Timestamptz,
        is_open -> Bool,
        state -> Text,
        holds -> Bool,
        edition -> Int4,
        begun_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        minutes -> Text,
        next_steps -> Text,
        reason -> Text,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_notes (id) {
        id -> Uuid,
        case_id -> Uuid,
        seat_id -> Uuid,
        audience -> Text,
        text -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_objections (id) {
        id -> Uuid,
        case_id -> Uuid,
        seat_id -> Uuid,
        party_id -> Uuid,
        reason -> Text,
        decision -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_parties (id) {
        id -> Uuid,
        case_id -> Uuid,
        side -> Text,
        kind -> Text,
        resident_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        name -> Nullable<Text>,
        phone_sealed -> Nullable<Bytea>,
        account_id -> Nullable<Uuid>,
        representation -> Text,
        representative_id -> Nullable<Uuid>,
        representative_name -> Nullable<Text>,
        authority -> Text,
        consent -> Text,
        consent_by -> Nullable<Text>,
        consented_at -> Nullable<Timestamptz>,
        consent_noted_by -> Nullable<Uuid>,
        wants_open -> Nullable<Bool>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_penalty_waivers (id) {
        id -> Uuid,
        case_id -> Uuid,
        party_id -> Uuid,
        state -> Text,
        text -> Text,
        account_id -> Uuid,
        created_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reason -> Text,
    }
}

diesel::table! {
    mediation_performances (id) {
        id -> Uuid,
        case_id -> Uuid,
        item_id -> Uuid,
        outcome -> Text,
        amount_fen -> Nullable<Int8>,
        performed_on -> Date,
        note -> Text,
        party_id -> Nullable<Uuid>,
        account_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_room_staff (id) {
        id -> Uuid,
        room_id -> Uuid,
        role -> Text,
        mediator_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        is_part_time -> Bool,
        weekly_hours -> Int4,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        ended_at -> Nullable<Timestamptz>,
        created_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_rooms (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Uuid,
        name -> Text,
        kind -> Text,
        address -> Text,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        capacity -> Int4,
        opening_hours -> Jsonb,
        is_active -> Bool,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_seats (id) {
        id -> Uuid,
        case_id -> Uuid,
        role -> Text,
        account_id -> Uuid,
        organisation_id -> Nullable<Uuid>,
        state -> Text,
        reason -> Text,
        asked_by -> Uuid,
        asked_at -> Timestamptz,
        replied_at -> Nullable<Timestamptz>,
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mediation_signatures (id) {
        id -> Uuid,
        agreement_id -> Uuid,
        capacity -> Text,
        party_id -> Nullable<Uuid>,
        account_id -> Uuid,
        means -> Text,
        text_sha256 -> Bytea,
        signed_on -> Date,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_staffing_rules (id) {
        id -> Uuid,
        division -> Int8,
        measure -> Text,
        room_kind -> Nullable<Text>,
        amount -> Int4,
        effective_from -> Date,
        effective_until -> Nullable<Date>,
        legal_basis -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_subsidies (id) {
        id -> Uuid,
        division -> Int8,
        case_id -> Uuid,
        seat_id -> Uuid,
        account_id -> Uuid,
        rule_id -> Uuid,
        role -> Text,
        grade -> Text,
        outcome -> Text,
        amount_fen -> Int8,
        legal_basis -> Text,
        earned_on -> Date,
        reverses_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        created_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediation_subsidy_rules (id) {
        id -> Uuid,
        division -> Int8,
        role -> Text,
        grade -> Text,
        outcome -> Text,
        amount_fen -> Int8,
        effective_from -> Date,
        legal_basis -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mediators (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Uuid,
        account_id -> Nullable<Uuid>,
        kind -> Text,
        name -> Text,
        expertise -> Array<Nullable<Text>>,
        languages -> Array<Nullable<Text>>,
        max_load -> Int4,
        is_part_time -> Bool,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        status -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    organisations (id) {
        id -> Uuid,
        name -> Text,
        kind -> Text,
        division -> Int8,
        superior_id -> Nullable<Uuid>,
        social_credit_code -> Nullable<Text>,
        address -> Text,
        phones -> Array<Nullable<Text>>,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    otps (id) {
        id -> Uuid,
        phone_hash -> Bytea,
        address_hash -> Bytea,
        code_hash -> Bytea,
        attempts -> Int4,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Uuid,
        topic -> Text,
        payload -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    petition_answers (id) {
        id -> Uuid,
        petition_id -> Uuid,
        outcome -> Text,
        text -> Text,
        law -> Text,
        account_id -> Uuid,
        organisation_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    petition_categories (id) {
        id -> Uuid,
        division -> Int8,
        code -> Text,
        name -> Text,
        guidance -> Text,
        is_evidence_asked -> Bool,
        is_fast -> Bool,
        is_active -> Bool,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    petition_counts (petition_id) {
        petition_id -> Uuid,
        signatures -> Int4,
        is_checked -> Bool,
    }
}

diesel::table! {
    petition_facts (petition_id, code) {
        petition_id -> Uuid,
        code -> Text,
        value -> Text,
    }
}

diesel::table! {
    petition_questions (category_id, position) {
        category_id -> Uuid,
        position -> Int4,
        code -> Text,
        label -> Text,
        datatype -> Text,
        choices -> Array<Nullable<Text>>,
        is_required -> Bool,
    }
}

diesel::table! {
    petition_ratings (id) {
        id -> Uuid,
        petition_id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        satisfaction -> Text,
        is_on_time -> Bool,
        is_solved -> Bool,
        comment -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    petition_reviews (id) {
        id -> Uuid,
        petition_id -> Uuid,
        stage -> Text,
        reason -> Text,
        conclusion -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    petition_signatures (id) {
        id -> Uuid,
        petition_id -> Uuid,
        resident_id -> Uuid,
        account_id -> Uuid,
        building_group_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        strike_out_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    petition_strike_outs (id) {
        id -> Uuid,
        petition_id -> Uuid,
        division -> Int8,
        signed_from -> Nullable<Timestamptz>,
        signed_before -> Nullable<Timestamptz>,
        building_group_id -> Nullable<Uuid>,
        accounts_since -> Nullable<Timestamptz>,
        reason -> Text,
        state -> Text,
        met -> Int4,
        struck -> Nullable<Int4>,
        created_by -> Uuid,
        created_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    petition_thresholds (petition_id, policy_id) {
        petition_id -> Uuid,
        policy_id -> Uuid,
        reached_at -> Timestamptz,
        taken_back_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    petitions (id) {
        id -> Uuid,
        kind -> Text,
        channel -> Text,
        external_id -> Nullable<Text>,
        petitioner_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        filed_by -> Nullable<Uuid>,
        consent_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamptz>,
        contact_name -> Nullable<Text>,
        contact_sealed -> Nullable<Bytea>,
        visit_finding_id -> Nullable<Uuid>,
        text -> Text,
        text_hash -> Bytea,
        shown_title -> Nullable<Text>,
        shown_text -> Nullable<Text>,
        is_hidden -> Bool,
        place -> Text,
        dwelling_id -> Nullable<Uuid>,
        building_group_id -> Nullable<Uuid>,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        visibility -> Text,
        accused_id -> Nullable<Uuid>,
        closes_at -> Nullable<Timestamptz>,
        answer_state -> Text,
        deliberation -> Text,
        adoption -> Nullable<Text>,
        publicity -> Nullable<Text>,
        merged_into -> Nullable<Uuid>,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    pledge_reports (id) {
        id -> Uuid,
        pledge_id -> Uuid,
        year -> Int4,
        uses -> Int4,
        minutes -> Int8,
        text -> Text,
        reported_by -> Uuid,
        created_at -> Timestamptz,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    pledge_uses (id) {
        id -> Uuid,
        pledge_id -> Uuid,
        used_on -> Date,
        text -> Text,
        minutes -> Nullable<Int4>,
        recorded_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    pledges (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        resident_id -> Nullable<Uuid>,
        kind -> Text,
        offer -> Text,
        hours -> Nullable<Int4>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        state -> Text,
        reason -> Text,
        pledged_by -> Uuid,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        completed_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    posts (id) {
        id -> Uuid,
        account_id -> Uuid,
        role -> Text,
        organisation_id -> Nullable<Uuid>,
        division -> Int8,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        granted_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    recognition_objections (id) {
        id -> Uuid,
        recognition_id -> Uuid,
        account_id -> Uuid,
        text -> Text,
        outcome -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    recognition_points (recognition_id, criterion) {
        recognition_id -> Uuid,
        criterion -> Text,
        name -> Text,
        points -> Int4,
        most -> Int4,
    }
}

diesel::table! {
    recognition_rules (id) {
        id -> Uuid,
        division -> Int8,
        kind -> Text,
        rule -> Text,
        criterion -> Nullable<Text>,
        name -> Nullable<Text>,
        amount -> Int4,
        effective_from -> Date,
        legal_basis -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    recognitions (id) {
        id -> Uuid,
        division -> Int8,
        kind -> Text,
        resident_id -> Nullable<Uuid>,
        building_group_id -> Nullable<Uuid>,
        title -> Text,
        story -> Text,
        skills -> Array<Nullable<Text>>,
        state -> Text,
        nominated_by -> Uuid,
        shows -> Array<Nullable<Text>>,
        is_findable -> Bool,
        agreed_by -> Nullable<Uuid>,
        agreed_at -> Nullable<Timestamptz>,
        publicised_at -> Nullable<Timestamptz>,
        publicised_until -> Nullable<Timestamptz>,
        granted_by -> Nullable<Uuid>,
        title_id -> Nullable<Uuid>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reason -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    recovery_codes (account_id, hash) {
        account_id -> Uuid,
        hash -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    refresh_tokens (hash) {
        hash -> Bytea,
        session_id -> Uuid,
        issued_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    residencies (id) {
        id -> Uuid,
        account_id -> Uuid,
        division -> Int8,
        building_id -> Nullable<Uuid>,
        unit -> Nullable<Text>,
        number -> Nullable<Text>,
        name -> Nullable<Text>,
        document_kind -> Nullable<Text>,
        document_sealed -> Nullable<Bytea>,
        document_hash -> Nullable<Bytea>,
        status -> Text,
        resident_id -> Nullable<Uuid>,
        reason -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    residency_attempts (id) {
        id -> Uuid,
        subject -> Bytea,
        at -> Timestamptz,
    }
}

diesel::table! {
    resident_departures (id) {
        id -> Uuid,
        resident_id -> Uuid,
        division -> Int8,
        kind -> Text,
        departed_on -> Date,
        destination -> Text,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    resident_health (resident_id) {
        resident_id -> Uuid,
        division -> Int8,
        mobility -> Text,
        care_level -> Text,
        conditions -> Array<Nullable<Text>>,
        note_sealed -> Nullable<Bytea>,
        consented_on -> Date,
        consent_how -> Text,
        consent_version -> Int4,
        updated_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    resident_labels (id) {
        id -> Uuid,
        resident_id -> Uuid,
        label_id -> Uuid,
        division -> Int8,
        source -> Text,
        reason -> Text,
        set_by -> Uuid,
        set_at -> Timestamptz,
        until -> Nullable<Timestamptz>,
        removed_at -> Nullable<Timestamptz>,
        removed_by -> Nullable<Uuid>,
        removal -> Nullable<Text>,
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    resident_merges (id) {
        id -> Uuid,
        division -> Int8,
        from_id -> Uuid,
        into_id -> Uuid,
        reason -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    residents (id) {
        id -> Uuid,
        division -> Int8,
        name -> Text,
        pinyin -> Text,
        initials -> Text,
        sex -> Nullable<Text>,
        born_on -> Nullable<Date>,
        document_kind -> Nullable<Text>,
        document_sealed -> Nullable<Bytea>,
        document_hash -> Nullable<Bytea>,
        phone_sealed -> Nullable<Bytea>,
        phone_hash -> Nullable<Bytea>,
        no_identifier -> Nullable<Text>,
        nationality -> Text,
        ethnicity -> Nullable<Text>,
        education -> Nullable<Text>,
        political_status -> Nullable<Text>,
        registered_place -> Text,
        residence -> Text,
        home_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        status -> Text,
        merged_into -> Nullable<Uuid>,
        external_id -> Nullable<Text>,
        source -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    responsibilities (id) {
        id -> Uuid,
        division -> Int8,
        category_id -> Uuid,
        organisation_id -> Uuid,
        role -> Text,
        legal_basis -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    responsibility_proposals (id) {
        id -> Uuid,
        dispatch_id -> Uuid,
        division -> Int8,
        category_id -> Uuid,
        organisation_id -> Uuid,
        status -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    screening_lead_parties (id) {
        id -> Uuid,
        lead_id -> Uuid,
        side -> Text,
        resident_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        name -> Nullable<Text>,
    }
}

diesel::table! {
    screening_leads (id) {
        id -> Uuid,
        screening_id -> Uuid,
        division -> Int8,
        dispute_type -> Text,
        risk_level -> Text,
        dwelling_id -> Nullable<Uuid>,
        seen -> Text,
        next_look_on -> Nullable<Date>,
        state -> Text,
        outcome -> Nullable<Text>,
        case_id -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
        noted_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    screenings (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        title -> Text,
        starts_on -> Date,
        ends_on -> Date,
        divisions -> Array<Nullable<Int8>>,
        closed_at -> Nullable<Timestamptz>,
        closing_note -> Text,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        account_id -> Uuid,
        is_second_factor -> Bool,
        device -> Text,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    shift_events (shift_id, turn) {
        shift_id -> Uuid,
        turn -> Int8,
        signup_id -> Nullable<Uuid>,
        event -> Text,
        capacity -> Int4,
        taken -> Int4,
        waiting -> Int4,
        at -> Timestamptz,
    }
}

diesel::table! {
    shift_signups (id) {
        id -> Uuid,
        shift_id -> Uuid,
        resident_id -> Uuid,
        person_id -> Uuid,
        account_id -> Uuid,
        turn -> Int8,
        state -> Text,
        busy_from -> Nullable<Timestamptz>,
        busy_until -> Nullable<Timestamptz>,
        needs_consent -> Bool,
        consent_by -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        moved_up_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    shifts (id) {
        id -> Uuid,
        call_id -> Uuid,
        division -> Int8,
        role -> Text,
        place -> Text,
        kind -> Text,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        capacity -> Int4,
        taken -> Int4,
        waiting -> Int4,
        turn -> Int8,
        needs_approval -> Bool,
        withdraw_until -> Nullable<Timestamptz>,
        own_first_until -> Nullable<Timestamptz>,
        is_cancelled -> Bool,
        is_open -> Bool,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        team_id -> Nullable<Uuid>,
        cancelled_because -> Nullable<Text>,
    }
}

diesel::table! {
    sign_in_failures (subject) {
        subject -> Bytea,
        failures -> Int4,
        last_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        public_key -> Bytea,
        private_sealed -> Bytea,
        created_at -> Timestamptz,
        signs_from -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    summons (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Uuid,
        matter_id -> Nullable<Uuid>,
        subject -> Text,
        question -> Text,
        meets_at -> Nullable<Timestamptz>,
        place -> Text,
        reply_on -> Date,
        state -> Text,
        reason -> Nullable<Text>,
        replied_by -> Nullable<Uuid>,
        replied_at -> Nullable<Timestamptz>,
        attendance -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    venues (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        name -> Text,
        kind -> Text,
        address -> Text,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        code_grade -> Text,
        radius -> Nullable<Int4>,
        short_code -> Text,
        secret_sealed -> Bytea,
        status -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    visit_companions (visit_id, account_id) {
        visit_id -> Uuid,
        account_id -> Uuid,
    }
}

diesel::table! {
    visit_findings (id) {
        id -> Uuid,
        visit_id -> Uuid,
        division -> Int8,
        category -> Text,
        text -> Text,
        state -> Text,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Uuid>,
        closing_note -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    visit_plans (id) {
        id -> Uuid,
        division -> Int8,
        name -> Text,
        unit -> Text,
        target -> Text,
        target_age -> Nullable<Int4>,
        target_residence -> Nullable<Text>,
        target_building_group_id -> Nullable<Uuid>,
        every_days -> Int4,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        responsible_id -> Nullable<Uuid>,
        responsible_role -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        label_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    visits (id) {
        id -> Uuid,
        division -> Int8,
        kind -> Text,
        resident_id -> Nullable<Uuid>,
        home_id -> Nullable<Uuid>,
        topic -> Nullable<Text>,
        visited_at -> Timestamptz,
        author_id -> Uuid,
        summary -> Text,
        staff_note -> Text,
        follow_up_on -> Nullable<Date>,
        follows_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    volunteer_call_needs (call_id, position) {
        call_id -> Uuid,
        position -> Int4,
        role -> Text,
        quantity -> Int4,
    }
}

diesel::table! {
    volunteer_calls (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        building_group_id -> Nullable<Uuid>,
        title -> Text,
        story -> Text,
        minimum_age -> Nullable<Int4>,
        maximum_age -> Nullable<Int4>,
        skill -> Text,
        training -> Text,
        risks -> Text,
        is_dangerous -> Bool,
        insurer -> Nullable<Text>,
        insurance_policy -> Nullable<Text>,
        insured_until -> Nullable<Date>,
        visibility -> Text,
        contact -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        longitude -> Nullable<Float8>,
        latitude -> Nullable<Float8>,
        petition_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    volunteer_hours (id) {
        id -> Uuid,
        resident_id -> Uuid,
        attendance_id -> Uuid,
        call_id -> Uuid,
        division -> Int8,
        worked_on -> Date,
        kind -> Text,
        minutes -> Int4,
        reason -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    volunteer_rules (id) {
        id -> Uuid,
        division -> Int8,
        rule -> Text,
        stars -> Nullable<Int4>,
        minutes -> Int4,
        effective_from -> Date,
        legal_basis -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    volunteer_team_activations (id) {
        id -> Uuid,
        team_id -> Uuid,
        emergency_order_id -> Uuid,
        activated_by -> Uuid,
        activated_at -> Timestamptz,
        stood_down_by -> Nullable<Uuid>,
        stood_down_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    volunteer_team_members (id) {
        id -> Uuid,
        team_id -> Uuid,
        resident_id -> Uuid,
        account_id -> Uuid,
        skills -> Array<Nullable<Text>>,
        is_leader -> Bool,
        joined_at -> Timestamptz,
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    volunteer_teams (id) {
        id -> Uuid,
        division -> Int8,
        organisation_id -> Nullable<Uuid>,
        building_group_id -> Nullable<Uuid>,
        name -> Text,
        story -> Text,
        kind -> Text,
        skills -> Array<Nullable<Text>>,
        status -> Text,
        created_by -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        pattern -> Jsonb,
    }
}

diesel::joinable!(account_identities -> accounts (account_id));
diesel::joinable!(application_secrets -> applications (application_id));
diesel::joinable!(applications -> divisions (division));
diesel::joinable!(applications -> organisations (organisation_id));
diesel::joinable!(attendance_corrections -> accounts (corrected_by));
diesel::joinable!(attendance_corrections -> attendances (attendance_id));
diesel::joinable!(attendances -> divisions (division));
diesel::joinable!(attendances -> residents (resident_id));
diesel::joinable!(attendances -> shift_signups (signup_id));
diesel::joinable!(attendances -> shifts (shift_id));
diesel::joinable!(building_group_members -> building_groups (building_group_id));
diesel::joinable!(building_group_members -> buildings (building_id));
diesel::joinable!(building_group_titles -> building_groups (building_group_id));
diesel::joinable!(building_group_titles -> organisations (granted_by));
diesel::joinable!(building_groups -> divisions (division));
diesel::joinable!(building_groups -> estates (estate_id));
diesel::joinable!(buildings -> divisions (division));
diesel::joinable!(buildings -> estates (estate_id));
diesel::joinable!(calendar_days -> calendar_years (year));
diesel::joinable!(calendars -> accounts (account_id));
diesel::joinable!(calendars -> divisions (division));
diesel::joinable!(certificate_stays -> attendances (attendance_id));
diesel::joinable!(certificate_stays -> certificates (certificate_id));
diesel::joinable!(certificates -> building_groups (building_group_id));
diesel::joinable!(certificates -> divisions (division));
diesel::joinable!(certificates -> organisations (organisation_id));
diesel::joinable!(certificates -> residents (resident_id));
diesel::joinable!(check_ins -> applications (application_id));
diesel::joinable!(check_ins -> divisions (division));
diesel::joinable!(check_ins -> residents (resident_id));
diesel::joinable!(check_ins -> venues (venue_id));
diesel::joinable!(consents -> accounts (account_id));
diesel::joinable!(consents -> organisations (recipient_id));
diesel::joinable!(consents -> residents (resident_id));
diesel::joinable!(corrections -> divisions (division));
diesel::joinable!(corrections -> residents (resident_id));
diesel::joinable!(data_exports -> accounts (account_id));
diesel::joinable!(data_grant_reads -> accounts (account_id));
diesel::joinable!(data_grant_reads -> data_grants (data_grant_id));
diesel::joinable!(data_grants -> divisions (division));
diesel::joinable!(data_grants -> organisations (grantee_id));
diesel::joinable!(disclosures -> accounts (account_id));
diesel::joinable!(disclosures -> organisations (organisation_id));
diesel::joinable!(disclosures -> residents (resident_id));
diesel::joinable!(dispatches -> divisions (division));
diesel::joinable!(dispatches -> matters (matter_id));
diesel::joinable!(dispute_entries -> divisions (division));
diesel::joinable!(dispute_entries -> mediation_cases (case_id));
diesel::joinable!(dispute_route_rules -> divisions (division));
diesel::joinable!(dwelling_residents -> divisions (division));
diesel::joinable!(dwelling_residents -> dwellings (dwelling_id));
diesel::joinable!(dwelling_residents -> organisations (organisation_id));
diesel::joinable!(dwelling_residents -> resident_departures (departure_id));
diesel::joinable!(dwelling_residents -> residents (resident_id));
diesel::joinable!(dwellings -> buildings (building_id));
diesel::joinable!(dwellings -> divisions (division));
diesel::joinable!(emergency_orders -> divisions (division));
diesel::joinable!(enrolments -> accounts (enrolled_by));
diesel::joinable!(enrolments -> divisions (division));
diesel::joinable!(enrolments -> residents (resident_id));
diesel::joinable!(erasures -> divisions (division));
diesel::joinable!(erasures -> residents (resident_id));
diesel::joinable!(estates -> divisions (division));
diesel::joinable!(estates -> organisations (property_company_id));
diesel::joinable!(exports -> accounts (account_id));
diesel::joinable!(exports -> divisions (division));
diesel::joinable!(exports -> files (file_id));
diesel::joinable!(file_links -> divisions (division));
diesel::joinable!(file_links -> files (file_id));
diesel::joinable!(files -> accounts (account_id));
diesel::joinable!(guardians -> accounts (recorded_by));
diesel::joinable!(guardians -> divisions (division));
diesel::joinable!(hearing_slots -> accounts (created_by));
diesel::joinable!(hearing_slots -> mediation_rooms (room_id));
diesel::joinable!(hour_disputes -> divisions (division));
diesel::joinable!(hour_disputes -> shift_signups (signup_id));
diesel::joinable!(household_members -> divisions (division));
diesel::joinable!(household_members -> households (household_id));
diesel::joinable!(household_members -> resident_departures (departure_id));
diesel::joinable!(household_members -> residents (resident_id));
diesel::joinable!(households -> divisions (division));
diesel::joinable!(households -> dwellings (dwelling_id));
diesel::joinable!(import_faults -> imports (import_id));
diesel::joinable!(import_keys -> imports (import_id));
diesel::joinable!(imports -> accounts (account_id));
diesel::joinable!(imports -> divisions (division));
diesel::joinable!(imports -> files (source_id));
diesel::joinable!(inbox_items -> accounts (account_id));
diesel::joinable!(inbox_items -> dispatches (dispatch_id));
diesel::joinable!(inbox_items -> dispute_entries (dispute_entry_id));
diesel::joinable!(inbox_items -> divisions (division));
diesel::joinable!(inbox_items -> matter_extensions (extension_id));
diesel::joinable!(inbox_items -> matters (matter_id));
diesel::joinable!(inbox_items -> organisations (organisation_id));
diesel::joinable!(inbox_items -> screening_leads (screening_lead_id));
diesel::joinable!(inbox_items -> summons (summons_id));
diesel::joinable!(jobs -> accounts (account_id));
diesel::joinable!(jobs -> divisions (division));
diesel::joinable!(label_counts -> labels (label_id));
diesel::joinable!(labels -> divisions (division));
diesel::joinable!(matter_clocks -> divisions (division));
diesel::joinable!(matter_clocks -> emergency_orders (emergency_order_id));
diesel::joinable!(matter_clocks -> matter_policies (policy_id));
diesel::joinable!(matter_clocks -> matters (matter_id));
diesel::joinable!(matter_events -> accounts (account_id));
diesel::joinable!(matter_events -> dispatches (dispatch_id));
diesel::joinable!(matter_events -> matters (matter_id));
diesel::joinable!(matter_events -> organisations (organisation_id));
diesel::joinable!(matter_extensions -> divisions (division));
diesel::joinable!(matter_extensions -> matter_clocks (clock_id));
diesel::joinable!(matter_extensions -> matters (matter_id));
diesel::joinable!(matter_policies -> accounts (created_by));
diesel::joinable!(matter_policies -> divisions (division));
diesel::joinable!(matters -> accounts (first_receiver_id));
diesel::joinable!(matters -> divisions (division));
diesel::joinable!(matters -> emergency_orders (emergency_order_id));
diesel::joinable!(matters -> organisations (holder_id));
diesel::joinable!(matters -> petition_categories (category_id));
diesel::joinable!(mediation_agreement_items -> mediation_agreements (agreement_id));
diesel::joinable!(mediation_agreements -> accounts (created_by));
diesel::joinable!(mediation_agreements -> mediation_cases (case_id));
diesel::joinable!(mediation_annulments -> accounts (created_by));
diesel::joinable!(mediation_annulments -> mediation_agreements (agreement_id));
diesel::joinable!(mediation_cases -> accounts (registered_by));
diesel::joinable!(mediation_cases -> matters (id));
diesel::joinable!(mediation_cases -> organisations (organisation_id));
diesel::joinable!(mediation_cases -> petitions (petition_id));
diesel::joinable!(mediation_confirmation_parties -> mediation_confirmations (confirmation_id));
diesel::joinable!(mediation_confirmation_parties -> mediation_parties (party_id));
diesel::joinable!(mediation_confirmations -> accounts (created_by));
diesel::joinable!(mediation_confirmations -> mediation_agreements (agreement_id));
diesel::joinable!(mediation_evidence -> mediation_cases (case_id));
diesel::joinable!(mediation_evidence -> mediation_parties (party_id));
diesel::joinable!(mediation_evidence -> mediation_seats (seat_id));
diesel::joinable!(mediation_examples -> divisions (district));
diesel::joinable!(mediation_examples -> mediation_cases (case_id));
diesel::joinable!(mediation_extension_replies -> accounts (account_id));
diesel::joinable!(mediation_extension_replies -> mediation_extensions (extension_id));
diesel::joinable!(mediation_extension_replies -> mediation_parties (party_id));
diesel::joinable!(mediation_extensions -> accounts (asked_by));
diesel::joinable!(mediation_extensions -> mediation_cases (case_id));
diesel::joinable!(mediation_follow_ups -> mediation_cases (case_id));
diesel::joinable!(mediation_grades -> accounts (created_by));
diesel::joinable!(mediation_grades -> divisions (division));
diesel::joinable!(mediation_hearing_attendees -> mediation_hearings (hearing_id));
diesel::joinable!(mediation_hearing_attendees -> mediation_parties (party_id));
diesel::joinable!(mediation_hearing_notices -> accounts (noted_by));
diesel::joinable!(mediation_hearing_notices -> mediation_hearings (hearing_id));
diesel::joinable!(mediation_hearing_notices -> mediation_parties (party_id));
diesel::joinable!(mediation_hearing_notices -> mediation_seats (seat_id));
diesel::joinable!(mediation_hearing_reservations -> accounts (account_id));
diesel::joinable!(mediation_hearings -> accounts (created_by));
diesel::joinable!(mediation_hearings -> mediation_cases (case_id));
diesel::joinable!(mediation_hearings -> mediation_rooms (room_id));
diesel::joinable!(mediation_notes -> mediation_cases (case_id));
diesel::joinable!(mediation_notes -> mediation_seats (seat_id));
diesel::joinable!(mediation_objections -> accounts (decided_by));
diesel::joinable!(mediation_objections -> mediation_cases (case_id));
diesel::joinable!(mediation_objections -> mediation_parties (party_id));
diesel::joinable!(mediation_objections -> mediation_seats (seat_id));
diesel::joinable!(mediation_parties -> mediation_cases (case_id));
diesel::joinable!(mediation_parties -> organisations (organisation_id));
diesel::joinable!(mediation_penalty_waivers -> mediation_cases (case_id));
diesel::joinable!(mediation_penalty_waivers -> mediation_parties (party_id));
diesel::joinable!(mediation_performances -> accounts (account_id));
diesel::joinable!(mediation_performances -> mediation_agreement_items (item_id));
diesel::joinable!(mediation_performances -> mediation_cases (case_id));
diesel::joinable!(mediation_performances -> mediation_parties (party_id));
diesel::joinable!(mediation_room_staff -> mediation_rooms (room_id));
diesel::joinable!(mediation_room_staff -> mediators (mediator_id));
diesel::joinable!(mediation_rooms -> divisions (division));
diesel::joinable!(mediation_rooms -> organisations (organisation_id));
diesel::joinable!(mediation_seats -> mediation_cases (case_id));
diesel::joinable!(mediation_seats -> organisations (organisation_id));
diesel::joinable!(mediation_signatures -> accounts (account_id));
diesel::joinable!(mediation_signatures -> mediation_agreements (agreement_id));
diesel::joinable!(mediation_signatures -> mediation_parties (party_id));
diesel::joinable!(mediation_staffing_rules -> accounts (created_by));
diesel::joinable!(mediation_staffing_rules -> divisions (division));
diesel::joinable!(mediation_subsidies -> divisions (division));
diesel::joinable!(mediation_subsidies -> mediation_cases (case_id));
diesel::joinable!(mediation_subsidies -> mediation_seats (seat_id));
diesel::joinable!(mediation_subsidies -> mediation_subsidy_rules (rule_id));
diesel::joinable!(mediation_subsidy_rules -> divisions (division));
diesel::joinable!(mediators -> accounts (account_id));
diesel::joinable!(mediators -> divisions (division));
diesel::joinable!(mediators -> organisations (organisation_id));
diesel::joinable!(organisations -> divisions (division));
diesel::joinable!(petition_answers -> accounts (account_id));
diesel::joinable!(petition_answers -> organisations (organisation_id));
diesel::joinable!(petition_answers -> petitions (petition_id));
diesel::joinable!(petition_categories -> divisions (division));
diesel::joinable!(petition_counts -> petitions (petition_id));
diesel::joinable!(petition_facts -> petitions (petition_id));
diesel::joinable!(petition_questions -> petition_categories (category_id));
diesel::joinable!(petition_ratings -> divisions (division));
diesel::joinable!(petition_ratings -> organisations (organisation_id));
diesel::joinable!(petition_ratings -> petitions (petition_id));
diesel::joinable!(petition_reviews -> accounts (answered_by));
diesel::joinable!(petition_reviews -> petitions (petition_id));
diesel::joinable!(petition_signatures -> accounts (account_id));
diesel::joinable!(petition_signatures -> building_groups (building_group_id));
diesel::joinable!(petition_signatures -> petition_strike_outs (strike_out_id));
diesel::joinable!(petition_signatures -> petitions (petition_id));
diesel::joinable!(petition_signatures -> residents (resident_id));
diesel::joinable!(petition_strike_outs -> building_groups (building_group_id));
diesel::joinable!(petition_strike_outs -> divisions (division));
diesel::joinable!(petition_strike_outs -> petitions (petition_id));
diesel::joinable!(petition_thresholds -> matter_policies (policy_id));
diesel::joinable!(petition_thresholds -> petitions (petition_id));
diesel::joinable!(petitions -> building_groups (building_group_id));
diesel::joinable!(petitions -> dwellings (dwelling_id));
diesel::joinable!(petitions -> matters (id));
diesel::joinable!(petitions -> organisations (accused_id));
diesel::joinable!(petitions -> residents (petitioner_id));
diesel::joinable!(petitions -> visit_findings (visit_finding_id));
diesel::joinable!(pledge_reports -> pledges (pledge_id));
diesel::joinable!(pledge_uses -> accounts (recorded_by));
diesel::joinable!(pledge_uses -> pledges (pledge_id));
diesel::joinable!(pledges -> divisions (division));
diesel::joinable!(pledges -> organisations (organisation_id));
diesel::joinable!(pledges -> residents (resident_id));
diesel::joinable!(posts -> divisions (division));
diesel::joinable!(posts -> organisations (organisation_id));
diesel::joinable!(recognition_objections -> recognitions (recognition_id));
diesel::joinable!(recognition_points -> recognitions (recognition_id));
diesel::joinable!(recognition_rules -> divisions (division));
diesel::joinable!(recognitions -> building_group_titles (title_id));
diesel::joinable!(recognitions -> building_groups (building_group_id));
diesel::joinable!(recognitions -> divisions (division));
diesel::joinable!(recognitions -> organisations (granted_by));
diesel::joinable!(recognitions -> residents (resident_id));
diesel::joinable!(recovery_codes -> accounts (account_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(residencies -> buildings (building_id));
diesel::joinable!(residencies -> divisions (division));
diesel::joinable!(residencies -> residents (resident_id));
diesel::joinable!(resident_departures -> divisions (division));
diesel::joinable!(resident_departures -> residents (resident_id));
diesel::joinable!(resident_health -> accounts (updated_by));
diesel::joinable!(resident_health -> divisions (division));
diesel::joinable!(resident_health -> residents (resident_id));
diesel::joinable!(resident_labels -> divisions (division));
diesel::joinable!(resident_labels -> labels (label_id));
diesel::joinable!(resident_labels -> residents (resident_id));
diesel::joinable!(resident_merges -> divisions (division));
diesel::joinable!(residents -> accounts (account_id));
diesel::joinable!(residents -> divisions (division));
diesel::joinable!(residents -> dwellings (home_id));
diesel::joinable!(responsibilities -> divisions (division));
diesel::joinable!(responsibilities -> organisations (organisation_id));
diesel::joinable!(responsibilities -> petition_categories (category_id));
diesel::joinable!(responsibility_proposals -> accounts (decided_by));
diesel::joinable!(responsibility_proposals -> dispatches (dispatch_id));
diesel::joinable!(responsibility_proposals -> divisions (division));
diesel::joinable!(responsibility_proposals -> organisations (organisation_id));
diesel::joinable!(responsibility_proposals -> petition_categories (category_id));
diesel::joinable!(screening_lead_parties -> organisations (organisation_id));
diesel::joinable!(screening_lead_parties -> residents (resident_id));
diesel::joinable!(screening_lead_parties -> screening_leads (lead_id));
diesel::joinable!(screening_leads -> accounts (noted_by));
diesel::joinable!(screening_leads -> divisions (division));
diesel::joinable!(screening_leads -> dwellings (dwelling_id));
diesel::joinable!(screening_leads -> mediation_cases (case_id));
diesel::joinable!(screening_leads -> screenings (screening_id));
diesel::joinable!(screenings -> accounts (created_by));
diesel::joinable!(screenings -> divisions (division));
diesel::joinable!(screenings -> organisations (organisation_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(shift_events -> shift_signups (signup_id));
diesel::joinable!(shift_events -> shifts (shift_id));
diesel::joinable!(shift_signups -> residents (resident_id));
diesel::joinable!(shift_signups -> shifts (shift_id));
diesel::joinable!(shifts -> divisions (division));
diesel::joinable!(shifts -> volunteer_calls (call_id));
diesel::joinable!(shifts -> volunteer_teams (team_id));
diesel::joinable!(summons -> divisions (division));
diesel::joinable!(summons -> matters (matter_id));
diesel::joinable!(summons -> organisations (organisation_id));
diesel::joinable!(venues -> divisions (division));
diesel::joinable!(venues -> organisations (organisation_id));
diesel::joinable!(visit_companions -> accounts (account_id));
diesel::joinable!(visit_companions -> visits (visit_id));
diesel::joinable!(visit_findings -> accounts (closed_by));
diesel::joinable!(visit_findings -> divisions (division));
diesel::joinable!(visit_findings -> visits (visit_id));
diesel::joinable!(visit_plans -> accounts (responsible_id));
diesel::joinable!(visit_plans -> building_groups (target_building_group_id));
diesel::joinable!(visit_plans -> divisions (division));
diesel::joinable!(visit_plans -> labels (label_id));
diesel::joinable!(visits -> accounts (author_id));
diesel::joinable!(visits -> divisions (division));
diesel::joinable!(visits -> dwellings (home_id));
diesel::joinable!(visits -> residents (resident_id));
diesel::joinable!(volunteer_call_needs -> volunteer_calls (call_id));
diesel::joinable!(volunteer_calls -> accounts (created_by));
diesel::joinable!(volunteer_calls -> building_groups (building_group_id));
diesel::joinable!(volunteer_calls -> divisions (division));
diesel::joinable!(volunteer_calls -> organisations (organisation_id));
diesel::joinable!(volunteer_calls -> petitions (petition_id));
diesel::joinable!(volunteer_hours -> attendances (attendance_id));
diesel::joinable!(volunteer_hours -> divisions (division));
diesel::joinable!(volunteer_hours -> residents (resident_id));
diesel::joinable!(volunteer_hours -> volunteer_calls (call_id));
diesel::joinable!(volunteer_rules -> divisions (division));
diesel::joinable!(volunteer_team_activations -> emergency_orders (emergency_order_id));
diesel::joinable!(volunteer_team_activations -> volunteer_teams (team_id));
diesel::joinable!(volunteer_team_members -> accounts (account_id));
diesel::joinable!(volunteer_team_members -> residents (resident_id));
diesel::joinable!(volunteer_team_members -> volunteer_teams (team_id));
diesel::joinable!(volunteer_teams -> accounts (created_by));
diesel::joinable!(volunteer_teams -> building_groups (building_group_id));
diesel::joinable!(volunteer_teams -> divisions (division));
diesel::joinable!(volunteer_teams -> organisations (organisation_id));

diesel::allow_tables_to_appear_in_same_query!(
    account_identities,
    accounts,
    application_secrets,
    applications,
    attendance_corrections,
    attendances,
    audit_events,
    audit_seals,
    building_group_members,
    building_group_titles,
    building_groups,
    buildings,
    calendar_days,
    calendar_years,
    calendars,
    certificate_stays,
    certificates,
    check_ins,
    code_keys,
    code_uses,
    consents,
    corrections,
    data_exports,
    data_grant_reads,
    data_grants,
    disclosures,
    dispatches,
    dispute_entries,
    dispute_route_rules,
    division_lineages,
    divisions,
    dwelling_residents,
    dwellings,
    emergency_orders,
    enrolments,
    erasures,
    estates,
    exports,
    file_links,
    files,
    guardians,
    hearing_slots,
    hour_disputes,
    household_members,
    households,
    idempotency_keys,
    import_faults,
    import_keys,
    imports,
    inbox_items,
    jobs,
    label_count_deltas,
    label_counts,
    labels,
    matter_clocks,
    matter_events,
    matter_extensions,
    matter_policies,
    matters,
    mediation_agreement_items,
    mediation_agreements,
    mediation_annulments,
    mediation_cases,
    mediation_confirmation_parties,
    mediation_confirmations,
    mediation_evidence,
    mediation_examples,
    mediation_extension_replies,
    mediation_extensions,
    mediation_follow_ups,
    mediation_grades,
    mediation_hearing_attendees,
    mediation_hearing_notices,
    mediation_hearing_reservations,
    mediation_hearings,
    mediation_notes,
    mediation_objections,
    mediation_parties,
    mediation_penalty_waivers,
    mediation_performances,
    mediation_room_staff,
    mediation_rooms,
    mediation_seats,
    mediation_signatures,
    mediation_staffing_rules,
    mediation_subsidies,
    mediation_subsidy_rules,
    mediators,
    organisations,
    otps,
    outbox,
    petition_answers,
    petition_categories,
    petition_counts,
    petition_facts,
    petition_questions,
    petition_ratings,
    petition_reviews,
    petition_signatures,
    petition_strike_outs,
    petition_thresholds,
    petitions,
    pledge_reports,
    pledge_uses,
    pledges,
    posts,
    recognition_objections,
    recognition_points,
    recognition_rules,
    recognitions,
    recovery_codes,
    refresh_tokens,
    residencies,
    residency_attempts,
    resident_departures,
    resident_health,
    resident_labels,
    resident_merges,
    residents,
    responsibilities,
    responsibility_proposals,
    screening_lead_parties,
    screening_leads,
    screenings,
    sessions,
    shift_events,
    shift_signups,
    shifts,
    sign_in_failures,
    signing_keys,
    summons,
    venues,
    visit_companions,
    visit_findings,
    visit_plans,
    visits,
    volunteer_call_needs,
    volunteer_calls,
    volunteer_hours,
    volunteer_rules,
    volunteer_team_activations,
    volunteer_team_members,
    volunteer_teams,
);
