//! What must hold of every matter at every moment: state, clocks, dispatches, timeline and inboxes agree.

use super::Town;

/// What is said of each line: nothing of it may be found.
const BREACHES: [(&str, &str); 24] = [
    (
        "a matter is open by its state",
        "SELECT id FROM matters WHERE is_open <> (state NOT IN ('closed', 'rejected', 'withdrawn', 'merged'))",
    ),
    ("what is over was closed at a moment", "SELECT id FROM matters WHERE is_open <> (closed_at IS NULL)"),
    (
        "nothing but a review waits for what is over",
        "SELECT m.id FROM matters m JOIN inbox_items i ON i.matter_id = m.id WHERE NOT m.is_open AND i.task <> 'review'",
    ),
    (
        "no clock but a review's runs for what is over",
        "SELECT m.id FROM matters m JOIN matter_clocks c ON c.matter_id = m.id
          WHERE NOT m.is_open AND c.stopped_at IS NULL AND c.clock NOT IN ('review', 'final_review')",
    ),
    (
        "the deadline is the nearest of what runs",
        "SELECT m.id FROM matters m WHERE m.due_at IS DISTINCT FROM (SELECT min(c.due_at) FROM matter_clocks c
          WHERE c.matter_id = m.id AND c.stopped_at IS NULL AND c.paused_on IS NULL AND c.clock <> 'silence')",
    ),
    (
        "who holds it accepted to lead, and who accepted to lead holds it",
        "SELECT m.id FROM matters m LEFT JOIN dispatches d ON d.matter_id = m.id AND d.role = 'lead' AND d.state = 'accepted'
          WHERE m.is_open AND m.holder_id IS DISTINCT FROM d.organisation_id",
    ),
    (
        "nobody is asked about what is over",
        "SELECT m.id FROM matters m JOIN dispatches d ON d.matter_id = m.id WHERE NOT m.is_open AND d.state IN ('pending', 'accepted')",
    ),
    (
        "it is dispatched while a lead was asked",
        "SELECT m.id FROM matters m WHERE (m.state = 'dispatched') <> EXISTS (SELECT 1 FROM dispatches d
          WHERE d.matter_id = m.id AND d.role = 'lead' AND d.state = 'pending')",
    ),
    (
        "each open state waits for its task",
        "SELECT m.id FROM matters m WHERE m.is_open AND NOT EXISTS (SELECT 1 FROM inbox_items i WHERE i.matter_id = m.id
          AND i.task = ANY (CASE m.state WHEN 'submitted' THEN ARRAY['accept'] WHEN 'accepted' THEN ARRAY['dispatch']
            WHEN 'dispatched' THEN ARRAY['take_dispatch'] WHEN 'in_progress' THEN ARRAY['handle']
            WHEN 'suspended' THEN ARRAY['resume'] ELSE ARRAY['rate', 'close'] END))",
    ),
    (
        "whoever holds it is who handles it",
        "SELECT m.id FROM matters m JOIN inbox_items i ON i.matter_id = m.id
          WHERE i.task = 'handle' AND (m.holder_id IS DISTINCT FROM i.organisation_id OR (m.holder_id IS NULL) <> (i.level IS NOT NULL))",
    ),
    (
        "a task about a dispatch waits on whom it came to, while it is in hand",
        "SELECT i.id FROM inbox_items i JOIN dispatches d ON d.id = i.dispatch_id
          WHERE d.matter_id <> i.matter_id OR d.organisation_id IS DISTINCT FROM i.organisation_id OR d.state NOT IN ('pending', 'accepted')
             OR (i.task = 'take_dispatch') <> (d.state = 'pending')",
    ),
    (
        "more time is asked for while it is handled",
        "SELECT m.id FROM matters m JOIN matter_extensions x ON x.matter_id = m.id AND x.status = 'pending'
          WHERE m.state NOT IN ('accepted', 'dispatched', 'in_progress', 'suspended')",
    ),
    (
        "a request for more time waits where it can be decided",
        "SELECT m.id FROM matters m WHERE EXISTS (SELECT 1 FROM inbox_items i WHERE i.matter_id = m.id AND i.task = 'decide_extension')
          <> (m.state <> 'suspended' AND EXISTS (SELECT 1 FROM matter_extensions x WHERE x.matter_id = m.id AND x.status = 'pending'))",
    ),
    (
        "a review waits until it is answered, and its clock runs",
        "SELECT m.id FROM matters m WHERE EXISTS (SELECT 1 FROM inbox_items i WHERE i.matter_id = m.id AND i.task = 'review')
          <> EXISTS (SELECT 1 FROM petition_reviews r WHERE r.petition_id = m.id AND r.answered_at IS NULL)
          OR EXISTS (SELECT 1 FROM matter_clocks c WHERE c.matter_id = m.id AND c.stopped_at IS NULL AND c.clock IN ('review', 'final_review'))
          <> EXISTS (SELECT 1 FROM petition_reviews r WHERE r.petition_id = m.id AND r.answered_at IS NULL)",
    ),
    (
        "what waits is called as the matter is, and lies where it lies",
        "SELECT i.id FROM inbox_items i JOIN matters m ON m.id = i.matter_id WHERE i.title <> m.title OR i.division <> m.division",
    ),
    (
        "the timeline ends in the state the matter is in",
        "SELECT m.id FROM matters m WHERE m.state IS DISTINCT FROM
          (SELECT e.state FROM matter_events e WHERE e.matter_id = m.id ORDER BY e.id DESC LIMIT 1)",
    ),
    (
        "what was merged was merged into another",
        "SELECT m.id FROM matters m JOIN petitions p ON p.id = m.id WHERE (m.state = 'merged') <> (p.merged_into IS NOT NULL)",
    ),
    (
        "no two were merged into each other",
        "SELECT p.id FROM petitions p JOIN petitions q ON q.id = p.merged_into AND q.merged_into = p.id",
    ),
    (
        "a part has no parts",
        "SELECT m.id FROM matters m JOIN matters w ON w.id = m.parent_id WHERE w.parent_id IS NOT NULL",
    ),
    (
        "what was answered has an answer",
        "SELECT m.id FROM matters m WHERE m.state IN ('resolved', 'closed')
          AND NOT EXISTS (SELECT 1 FROM petition_answers a WHERE a.petition_id = m.id)",
    ),
    (
        "clocks stand still while it is suspended, and only then",
        "SELECT m.id FROM matters m JOIN matter_clocks c ON c.matter_id = m.id AND c.stopped_at IS NULL
          WHERE (m.state = 'suspended') <> (c.paused_on IS NOT NULL)",
    ),
    (
        "nobody looks at a clock that does not run",
        "SELECT c.id FROM matter_clocks c WHERE c.next_at IS NOT NULL AND (c.stopped_at IS NOT NULL OR c.paused_on IS NOT NULL)",
    ),
    (
        "each clock runs in its states",
        "SELECT m.id FROM matters m JOIN matter_clocks c ON c.matter_id = m.id AND c.stopped_at IS NULL
          WHERE NOT CASE c.clock WHEN 'acceptance' THEN m.state = 'submitted' WHEN 'dispatch' THEN m.state = 'dispatched'
            WHEN 'silence' THEN m.state = 'resolved' WHEN 'review' THEN m.state IN ('resolved', 'closed')
            WHEN 'final_review' THEN m.state IN ('resolved', 'closed')
            ELSE m.state IN ('accepted', 'dispatched', 'in_progress', 'suspended') END",
    ),
    (
        "a task waits once on each",
        "SELECT matter_id FROM inbox_items WHERE matter_id IS NOT NULL
          GROUP BY matter_id, task, account_id, organisation_id, level, dispatch_id HAVING count(*) > 1",
    ),
];

/// All of it holds now.
#[track_caller]
pub fn all_hold(town: &Town, after: &str) {
    let each =
        BREACHES.iter().enumerate().map(|(n, (_, sql))| format!("SELECT {n} AS n, x.* FROM ({sql}) x (id)"));
    let all = each.collect::<Vec<_>>().join(" UNION ALL ");
    let breaches = town.text(&format!("SELECT coalesce(string_agg(n || ':' || id, ' '), '') FROM ({all}) b"));
    let told: Vec<String> = breaches
        .split_whitespace()
        .map(|breach| {
            let (n, id) = breach.split_once(':').expect("a number and an id");
            let (rule, _) = BREACHES[n.parse::<usize>().expect("a number")];
            let state = town.text(&format!(
                "SELECT coalesce((SELECT state FROM matters WHERE id = '{id}'), 'not a matter')"
            ));
            format!("{rule}: {id} ({state})")
        })
        .collect();
    assert!(told.is_empty(), "after {after}: {told:#?}");
}
