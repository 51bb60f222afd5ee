-- Which stays a certificate told of, by whichever of the person's records: asked, it adds them up again.

CREATE TABLE certificate_stays (
    certificate_id UUID NOT NULL CONSTRAINT certificate_stays_certificate_id_fkey REFERENCES certificates (id),
    attendance_id  UUID NOT NULL CONSTRAINT certificate_stays_attendance_id_fkey REFERENCES attendances (id),
    CONSTRAINT certificate_stays_pkey PRIMARY KEY (certificate_id, attendance_id)
);
CREATE INDEX certificate_stays_attendance_id_idx ON certificate_stays (attendance_id);

INSERT INTO certificate_stays (certificate_id, attendance_id)
    SELECT DISTINCT c.id, h.attendance_id FROM certificates c
    JOIN volunteer_hours h ON h.resident_id = c.resident_id AND h.created_at <= c.created_at
        AND h.worked_on BETWEEN c.served_from AND c.served_until
    JOIN volunteer_calls v ON v.id = h.call_id
        AND (v.organisation_id = c.organisation_id OR v.building_group_id = c.building_group_id);
