-- The ledger of trucebook, version 1. This is the very file the program runs to make a new one.
--
-- F  fact: written once, hashed, append-only (triggers at the end abort UPDATE, DELETE and REPLACE).
-- D  derived: made from the facts by the program; `trucebook rebuild` empties and remakes all of it.
--
-- Ids.       id = office slot << 32 | number: `C142` of this ledger's own office is the row of `claim` with id 142.
--            Numbers rise with their batches and have no gaps. No id is ever used again.
-- Batches.   One command writes one batch in one transaction. `batch` columns do not say REFERENCES because the
--            batch's own row is written last, when its hash is known; `trucebook verify` checks them.
-- seal       The first 8 bytes of the SHA-256 of the row's canonical encoding, its child rows included, so that
--            `verify` can name a row that was changed. The batch's hash covers the whole SHA-256 of every row.
-- Times.     UTC seconds since 1970. `*_lo` is the earliest moment, `*_hi` the first moment after the latest; NULL: no
--            bound. They stand beside the words they were read from (EDTF, ISO 8601-2 level 1), because zone rules change.
-- Degrees.   × 10⁷, WGS 84.
-- Amounts.   min and max with a hedge; both NULL: not said. A zero was said.
-- Unknown.   NULL. Never 0, never ''.
-- Names.     `claimant`, `accused` … hold the party the writer resolved a name to; `*_text` the name as said. Where the
--            writer knew no party, `said` (D) says what the name leads to today.

PRAGMA application_id = 1953653347; -- "trbc"
PRAGMA user_version = 1;

-- ---------------------------------------------------------------------------------------------------------------------
-- F  The chain

-- The desk a ledger belongs to. Hashed: its SHA-256 is what the first batch calls `prev`.
CREATE TABLE office (
  slot       INTEGER PRIMARY KEY CHECK (slot BETWEEN 0 AND 2097151), -- 0: this ledger's own
  genesis    BLOB NOT NULL UNIQUE CHECK (length(genesis) = 16),      -- random: tells two offices of one code apart
  code       TEXT NOT NULL,                                          -- KHI
  title      TEXT NOT NULL,
  zone       TEXT NOT NULL,                                          -- IANA name or ±hh:mm: zone of dates without one
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE batch (
  id          INTEGER PRIMARY KEY,
  prev        BLOB NOT NULL CHECK (length(prev) = 32), -- hash of the batch before
  hash        BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of prev, this row and its parts, and every entry
  entries     INTEGER NOT NULL CHECK (entries > 0),
  encoding    INTEGER NOT NULL,                        -- version of the canonical encoding
  recorded_at INTEGER NOT NULL,                        -- never before the batch before
  clock_at    INTEGER NOT NULL,                        -- what the machine's clock said
  made_by     TEXT,                                    -- self-declared
  verb        TEXT NOT NULL,
  program     TEXT NOT NULL
) STRICT;

-- What a batch wrote: `entries` rows of a table, from id `first` on, without gaps.
CREATE TABLE batch_part (
  batch   INTEGER NOT NULL,
  kind    TEXT NOT NULL, -- the table
  first   INTEGER NOT NULL,
  entries INTEGER NOT NULL CHECK (entries > 0),
  PRIMARY KEY (batch, kind)
) STRICT, WITHOUT ROWID;

-- A batch taken back by a later one. Its rows stay; nothing counts them.
CREATE TABLE undo (
  id     INTEGER PRIMARY KEY,
  batch  INTEGER NOT NULL,
  undone INTEGER NOT NULL REFERENCES batch (id),
  why    TEXT,
  seal   BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- Texts and bytes that may have to be taken down. The seal covers `sha` and not the content, so that a redaction can
-- empty the content and the chain still holds.
CREATE TABLE body (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  role  TEXT NOT NULL CHECK (role = 'raw' OR role = 'text' OR role = 'quote' OR role = 'note'),
  owner INTEGER NOT NULL,                            -- the dispatch (raw, text) or claim (quote, note) it belongs to
  salt  BLOB NOT NULL CHECK (length(salt) = 16),     -- random: a redacted name cannot be guessed from its hash
  sha   BLOB NOT NULL CHECK (length(sha) = 32),      -- SHA-256 of salt || content
  text  TEXT,                                        -- the content, where it is text
  bytes BLOB,                                        -- the content, where it is not (`raw`)
  seal  BLOB NOT NULL CHECK (length(seal) = 8),
  CHECK (text IS NULL OR bytes IS NULL)
) STRICT;

CREATE TABLE redaction (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  body  INTEGER NOT NULL REFERENCES body (id),
  why   TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------------
-- F  Registers: who, where, which outlet. The name is the identity; of the traits the latest row holds.

CREATE TABLE party (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  name  TEXT NOT NULL, -- what reports print
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE party_traits (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES party (id),
  kind  TEXT NOT NULL CHECK (kind IN ('state', 'non-state', 'coalition', 'monitor', 'mediator', 'organization')),
  side  TEXT,          -- 'Armenian side'
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- Several parties may bear one name; it then stands for none of them.
CREATE TABLE alias (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES party (id),
  lang  TEXT,          -- ISO 639-1; NULL: any
  name  TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE place (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  name  TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE place_traits (
  id     INTEGER PRIMARY KEY,
  batch  INTEGER NOT NULL,
  place  INTEGER NOT NULL REFERENCES place (id),
  kind   TEXT,                          -- 'village'
  parent INTEGER REFERENCES place (id),      -- the place it lies in
  lat_e7 INTEGER CHECK (lat_e7 BETWEEN -900000000 AND 900000000),
  lon_e7 INTEGER CHECK (lon_e7 BETWEEN -1800000000 AND 1800000000),
  seal   BLOB NOT NULL CHECK (length(seal) = 8),
  CHECK ((lat_e7 IS NULL) = (lon_e7 IS NULL))
) STRICT;

CREATE TABLE place_alias (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES place (id),
  name  TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE source (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  name  TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE source_traits (
  id             INTEGER PRIMARY KEY,
  batch          INTEGER NOT NULL,
  source         INTEGER NOT NULL REFERENCES source (id),
  kind           TEXT NOT NULL CHECK (kind IN ('outlet', 'party', 'monitor', 'compiler', 'desk')),
  reporting_hour INTEGER CHECK (reporting_hour BETWEEN 0 AND 23), -- local hour at which its reporting day ends
  seal           BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------------
-- F  What was read

CREATE TABLE dispatch (
  id           INTEGER PRIMARY KEY,
  batch        INTEGER NOT NULL,
  natural_key  BLOB NOT NULL CHECK (length(natural_key) = 16), -- of source and text: what makes another one a duplicate
  source       INTEGER REFERENCES source (id),
  version_of   INTEGER REFERENCES dispatch (id), -- the earlier version of the same text, by the outlet's own `uri`
  state        TEXT NOT NULL CHECK (state IN ('usable', 'withdrawn')),
  stem         TEXT NOT NULL,               -- the file's name without its ending
  uri          TEXT,                        -- the outlet's own identifier
  url          TEXT,
  title        TEXT,
  lang         TEXT,                        -- ISO 639-1
  published    TEXT,                        -- EDTF
  published_lo INTEGER,
  published_hi INTEGER,
  raw          INTEGER NOT NULL REFERENCES body (id), -- the bytes as they came; the working text's own row where they are equal
  raw_sha256   BLOB NOT NULL CHECK (length(raw_sha256) = 32), -- plain, to find the same file again
  raw_size     INTEGER NOT NULL,                 -- bytes
  encoding     TEXT NOT NULL,                    -- what the bytes were read as, WHATWG label
  text         INTEGER NOT NULL REFERENCES body (id), -- the working text: spans count its bytes (UTF-8)
  body_at      INTEGER NOT NULL,                 -- byte of the working text where the header ends
  seal         BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- What somebody said. Never edited, never merged.
CREATE TABLE claim (
  id            INTEGER PRIMARY KEY,
  batch         INTEGER NOT NULL,
  replaces      INTEGER REFERENCES claim (id),  -- the claim it corrects
  content_key   BLOB NOT NULL CHECK (length(content_key) = 16), -- of all it says and its span
  ref_key       BLOB CHECK (length(ref_key) = 16),              -- of source and reference
  reference     TEXT,                      -- the user's own key within a source
  dispatch      INTEGER REFERENCES dispatch (id),
  dispatch_text TEXT,                      -- what the claim itself called a dispatch this ledger does not hold
  span_lo       INTEGER CHECK (span_lo >= 0), -- bytes of the dispatch's working text
  span_hi       INTEGER CHECK (span_hi >= span_lo),
  quote         INTEGER REFERENCES body (id),   -- verbatim
  note          INTEGER REFERENCES body (id),   -- a remark of the desk
  claimant      INTEGER REFERENCES party (id),
  narration     INTEGER NOT NULL CHECK (narration BETWEEN 0 AND 1), -- 1: the text itself says it, nobody is quoted
  claimant_text TEXT,
  speaker       TEXT,                      -- 'Defence Ministry'
  said_at       TEXT,                      -- EDTF
  said_lo       INTEGER,
  said_hi       INTEGER,
  stance        TEXT NOT NULL CHECK (stance = 'alleges' OR stance = 'denies' OR stance = 'acknowledges'
                  OR stance = 'observes' OR stance = 'declares' OR stance = 'no-comment'),
  in_response   INTEGER NOT NULL CHECK (in_response BETWEEN 0 AND 1),
  act           TEXT NOT NULL CHECK (act = 'violation' OR act = 'small-arms-fire' OR act = 'shelling'
                  OR act = 'missile-strike' OR act = 'air-strike' OR act = 'drone-strike' OR act = 'attack'
                  OR act = 'explosion' OR act = 'overflight' OR act = 'movement' OR act = 'fortification'
                  OR act = 'detention' OR act = 'obstruction' OR act = 'losses' OR act = 'truce-agreed'
                  OR act = 'truce-begins' OR act = 'truce-extended' OR act = 'truce-ends'),
  detail        TEXT,                      -- the desk's refinement: 'mortar'
  accused       INTEGER REFERENCES party (id),
  accused_text  TEXT,
  attribution   TEXT CHECK (attribution = 'stated' OR attribution = 'inferred' OR attribution = 'finding'),
  target        INTEGER REFERENCES party (id),
  target_text   TEXT,
  occurred      TEXT,                      -- EDTF
  zone          TEXT,                      -- as stated; NULL: read in the office's
  extent        TEXT CHECK (extent = 'within' OR extent = 'throughout'), -- as stated; NULL: follows from the figures
  grain         TEXT,                      -- how finely `occurred` is told
  lo            INTEGER,
  hi            INTEGER CHECK (hi > lo),
  lat_e7        INTEGER CHECK (lat_e7 BETWEEN -900000000 AND 900000000),
  lon_e7        INTEGER CHECK (lon_e7 BETWEEN -1800000000 AND 1800000000),
  civilian      INTEGER CHECK (civilian BETWEEN 0 AND 1),
  source        INTEGER REFERENCES source (id),
  url           TEXT,
  published     TEXT,                      -- EDTF
  published_lo  INTEGER,
  published_hi  INTEGER,
  noted_at      TEXT,                      -- EDTF; the desk's own date
  noted_lo      INTEGER,
  noted_hi      INTEGER,
  extractor     TEXT,                      -- program that read it: a draft until reviewed; NULL: a person wrote it
  confidence    INTEGER CHECK (confidence BETWEEN 0 AND 1000), -- per mille, the extractor's own measure
  seal          BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;
CREATE INDEX claim_dispatch ON claim (dispatch) WHERE dispatch IS NOT NULL;
CREATE INDEX claim_lo ON claim (lo);
CREATE INDEX claim_truce ON claim (id) WHERE act IN ('truce-agreed', 'truce-begins', 'truce-extended', 'truce-ends');

-- Children of a claim: hashed inside their claim's entry. `ord` counts from 0 in the order given.

CREATE TABLE claim_party (
  claim INTEGER NOT NULL REFERENCES claim (id),
  role  TEXT NOT NULL CHECK (role = 'party' OR role = 'mediator' OR role = 'involved'), -- party: to a truce
  ord   INTEGER NOT NULL,
  party INTEGER REFERENCES party (id),
  name  TEXT NOT NULL,
  PRIMARY KEY (claim, role, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_place (
  claim INTEGER NOT NULL REFERENCES claim (id),
  ord   INTEGER NOT NULL,
  name  TEXT NOT NULL, -- as written; `said` tells which place
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_answer (
  claim  INTEGER NOT NULL REFERENCES claim (id),
  ord    INTEGER NOT NULL,
  answer TEXT NOT NULL, -- 'C12', or a reference of the same source, which may come later
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_answer_answer ON claim_answer (answer);

CREATE TABLE claim_rule (
  claim INTEGER NOT NULL REFERENCES claim (id),
  ord   INTEGER NOT NULL,
  rule  TEXT NOT NULL, -- of the extractor
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
  claim       INTEGER NOT NULL REFERENCES claim (id),
  ord         INTEGER NOT NULL,
  unit        TEXT NOT NULL,                        -- 'violation', 'shot' … only like is added to like
  min         INTEGER CHECK (min >= 0),
  max         INTEGER CHECK (max >= min),
  hedge       TEXT NOT NULL,                        -- 'exact', 'about', 'at-least', 'more-than', 'up-to', 'less-than'
  kind        TEXT NOT NULL CHECK (kind = 'event' OR kind = 'window' OR kind = 'cumulative' OR kind = 'part-of'),
  over        TEXT,                                 -- EDTF: the window, or since when
  whole_min   INTEGER CHECK (whole_min >= 0),       -- part-of: the larger figure
  whole_max   INTEGER CHECK (whole_max >= whole_min),
  whole_hedge TEXT,
  whole_unit  TEXT,
  PRIMARY KEY (claim, ord),
  CHECK (coalesce(min, max) IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE loss (
  claim          INTEGER NOT NULL REFERENCES claim (id),
  ord            INTEGER NOT NULL,
  side           INTEGER REFERENCES party (id), -- who suffered it
  side_text      TEXT,
  killed_min     INTEGER CHECK (killed_min >= 0),
  killed_max     INTEGER CHECK (killed_max >= killed_min),
  killed_hedge   TEXT,
  wounded_min    INTEGER CHECK (wounded_min >= 0),
  wounded_max    INTEGER CHECK (wounded_max >= wounded_min),
  wounded_hedge  TEXT,
  missing_min    INTEGER CHECK (missing_min >= 0),
  missing_max    INTEGER CHECK (missing_max >= missing_min),
  missing_hedge  TEXT,
  captured_min   INTEGER CHECK (captured_min >= 0),
  captured_max   INTEGER CHECK (captured_max >= captured_min),
  captured_hedge TEXT,
  civilian       INTEGER CHECK (civilian BETWEEN 0 AND 1),
  over           TEXT,                     -- EDTF: the window of a toll over many events
  since          TEXT,                     -- EDTF: the start of a cumulative toll
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  claim   INTEGER NOT NULL REFERENCES claim (id),
  ord     INTEGER NOT NULL,
  slot    TEXT NOT NULL, -- 'claimant', 'cue', 'time' …
  span_lo INTEGER,       -- bytes of the dispatch's working text; NULL: the rule alone tells it
  span_hi INTEGER CHECK (span_hi >= span_lo),
  rule    TEXT NOT NULL,
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- F  What persons decided

-- One claim answers another: many to many.
CREATE TABLE answer (
  id         INTEGER PRIMARY KEY,
  batch      INTEGER NOT NULL,
  reply      INTEGER NOT NULL REFERENCES claim (id),
  accusation INTEGER NOT NULL REFERENCES claim (id),
  why        TEXT,
  seal       BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE retraction (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  claim INTEGER NOT NULL REFERENCES claim (id),
  mode  TEXT NOT NULL CHECK (mode IN ('retracted', 'withdrawn')), -- withdrawn: an unreviewed draft that was read anew
  why   TEXT NOT NULL,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- Of several reviews of a claim the latest holds.
CREATE TABLE review (
  id      INTEGER PRIMARY KEY,
  batch   INTEGER NOT NULL,
  claim   INTEGER NOT NULL REFERENCES claim (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected')),
  why     TEXT,
  seal    BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

-- Two claims are about the same event (1), or are not (0). Of several links of a pair the latest holds; NULL: withdrawn.
CREATE TABLE link (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  a     INTEGER NOT NULL REFERENCES claim (id),
  b     INTEGER NOT NULL REFERENCES claim (id),
  same  INTEGER CHECK (same IN (0, 1)),
  why   TEXT,
  seal  BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;
CREATE INDEX link_pair ON link (a, b);

CREATE TABLE truce (
  id           INTEGER PRIMARY KEY,
  batch        INTEGER NOT NULL,
  natural_key  BLOB NOT NULL CHECK (length(natural_key) = 16), -- of all it says, not of what it was read from
  replaces     INTEGER REFERENCES truce (id), -- the earlier version of it
  title        TEXT NOT NULL,
  area         TEXT,
  agreed       TEXT,                     -- EDTF
  agreed_lo    INTEGER,
  agreed_hi    INTEGER,
  effective    TEXT,                     -- EDTF
  effective_lo INTEGER,
  effective_hi INTEGER,
  ended        TEXT,                     -- EDTF
  ended_lo     INTEGER,
  ended_hi     INTEGER,
  duration     TEXT,                     -- '72 hours'
  terms        TEXT,
  seal         BLOB NOT NULL CHECK (length(seal) = 8)
) STRICT;

CREATE TABLE truce_party (
  truce        INTEGER NOT NULL REFERENCES truce (id),
  ord          INTEGER NOT NULL,
  party        INTEGER NOT NULL REFERENCES party (id),
  role         TEXT NOT NULL CHECK (role IN ('belligerent', 'ally', 'mediator', 'guarantor', 'monitor')),
  effective    TEXT, -- EDTF, where it differs from the truce's
  effective_lo INTEGER,
  effective_hi INTEGER,
  ended        TEXT, -- EDTF, where it differs
  ended_lo     INTEGER,
  ended_hi     INTEGER,
  PRIMARY KEY (truce, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE truce_article (
  truce  INTEGER NOT NULL REFERENCES truce (id),
  ord    INTEGER NOT NULL,
  number TEXT NOT NULL, -- '4(b)'
  text   TEXT NOT NULL,
  due    TEXT,          -- EDTF
  due_lo INTEGER,
  due_hi INTEGER,
  PRIMARY KEY (truce, ord)
) STRICT, WITHOUT ROWID;

-- The claims a truce was read from.
CREATE TABLE truce_claim (
  truce INTEGER NOT NULL REFERENCES truce (id),
  ord   INTEGER NOT NULL,
  claim INTEGER NOT NULL REFERENCES claim (id),
  PRIMARY KEY (truce, ord)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- D  Derived

-- One row: what made the derived tables, and up to which batch. Differs from the head or the program: they are stale.
CREATE TABLE derived (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  engine     INTEGER NOT NULL, -- version of the reconciler
  weights    INTEGER NOT NULL, -- version of its score table
  normaliser INTEGER NOT NULL, -- version of the name keys
  layout     INTEGER NOT NULL, -- tells how `counted` and what follows it is packed
  as_of      INTEGER NOT NULL  -- batch; 0: none
) STRICT;

-- What makes writing twice the same as writing once. Undo frees keys.
CREATE TABLE seen (
  key   BLOB PRIMARY KEY CHECK (length(key) = 16),
  kind  TEXT NOT NULL, -- the table
  entry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that no longer count. The first cause found stands.
CREATE TABLE dead (
  kind  TEXT NOT NULL, -- the table
  id    INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause = 'undone' OR cause = 'replaced' OR cause = 'retracted' OR cause = 'withdrawn'
          OR cause = 'rejected'),
  by    INTEGER NOT NULL, -- the batch that undid it; the row that replaced, retracted, withdrew or rejected it
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Every name that claims use without a party, and every place name: what it leads to today. A name that several bear
-- leads to none.
CREATE TABLE said (
  name  TEXT PRIMARY KEY, -- as written
  key   TEXT NOT NULL,    -- under which spellings of one name meet
  party INTEGER,
  place INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id             INTEGER PRIMARY KEY, -- of its earliest claim
  alleged        INTEGER NOT NULL,
  denied         INTEGER NOT NULL,
  mutual         INTEGER NOT NULL,
  acknowledged   INTEGER NOT NULL,
  corroborated   INTEGER NOT NULL,
  contradicted   INTEGER NOT NULL,
  figures_differ INTEGER NOT NULL,
  lo             INTEGER,
  hi             INTEGER,
  grain          TEXT,
  extent         TEXT,
  lat_e7         INTEGER,
  lon_e7         INTEGER
) STRICT;

-- Claims that repeat a statement, belong to an incident, or have to do with others that do.
CREATE TABLE membership (
  claim     INTEGER PRIMARY KEY,
  statement INTEGER NOT NULL, -- the statement's first claim; the claim itself where it repeats none
  incident  INTEGER,
  component INTEGER           -- the first of the claims whose conclusions can depend on each other; NULL: it has none such
) STRICT;
CREATE INDEX membership_incident ON membership (incident, claim) WHERE incident IS NOT NULL;
CREATE INDEX membership_repeats ON membership (statement) WHERE statement <> claim;
CREATE INDEX membership_component ON membership (component, claim) WHERE component IS NOT NULL;

-- Where a new claim finds those it may be about one event with: cells of time and place, of parties, of dispatches.
CREATE TABLE filed (
  cell  INTEGER NOT NULL, -- day and hash of what must agree, as the reconciler makes it
  claim INTEGER NOT NULL,
  PRIMARY KEY (cell, claim)
) STRICT, WITHOUT ROWID;

-- Cells into which more claims fall than are filed there: the reconciler's cap.
CREATE TABLE full_cell (
  cell      INTEGER PRIMARY KEY,
  last      INTEGER NOT NULL, -- the last claim filed, in the reconciler's canonical order
  published INTEGER NOT NULL, -- its place in that order: when it was published, UTC seconds, and a hash of what it says
  content   INTEGER NOT NULL,
  beyond    INTEGER NOT NULL  -- how many later ones are not
) STRICT;

-- Live claims as reports count them, names resolved and with their statement and incident: those whose ids share all but
-- the last ten bits, one after the other, packed as the program does. What they say stands in `claim` and its children.
CREATE TABLE counted (
  chunk  INTEGER PRIMARY KEY, -- id >> 10
  claims BLOB NOT NULL
) STRICT;

-- What each live claim adds to the counts of reports, packed likewise; what claims of a component add together is kept
-- with one of them, so that it can be taken away again.
CREATE TABLE tally_record (
  chunk   INTEGER PRIMARY KEY, -- id >> 10
  records BLOB NOT NULL
) STRICT;

-- The counts, packed likewise.
CREATE TABLE tally (
  part   TEXT NOT NULL CHECK (part IN ('whole', 'party', 'days')),
  key    INTEGER NOT NULL, -- 0; the party; 64 days, by the first of them from the first of the common era, >> 6
  counts BLOB NOT NULL,
  PRIMARY KEY (part, key)
) STRICT;

CREATE TABLE attached (
  reply      INTEGER NOT NULL,
  accusation INTEGER NOT NULL,
  how        TEXT NOT NULL CHECK (how IN ('decided', 'matched')),
  PRIMARY KEY (reply, accusation)
) STRICT, WITHOUT ROWID;
CREATE INDEX attached_accusation ON attached (accusation);

-- Truces that dispatches tell of and no confirmed truce rests on.
CREATE TABLE proposed_truce (
  id               INTEGER PRIMARY KEY, -- of its earliest claim
  agreed_lo        INTEGER,
  agreed_hi        INTEGER,
  agreed_grain     TEXT,
  agreed_extent    TEXT,
  effective_lo     INTEGER,
  effective_hi     INTEGER,
  effective_grain  TEXT,
  effective_extent TEXT,
  ended_lo         INTEGER,
  ended_hi         INTEGER,
  ended_grain      TEXT,
  ended_extent     TEXT
) STRICT;

CREATE TABLE proposed_truce_party (
  truce INTEGER NOT NULL,
  role  TEXT NOT NULL CHECK (role IN ('party', 'mediator')),
  party INTEGER NOT NULL,
  PRIMARY KEY (truce, role, party)
) STRICT, WITHOUT ROWID;

-- What a proposed truce is told by: facts of one kind, in the order of the reconciler.
CREATE TABLE proposed_truce_event (
  truce  INTEGER NOT NULL,
  ord    INTEGER NOT NULL,
  act    TEXT NOT NULL,
  lo     INTEGER,
  hi     INTEGER,
  grain  TEXT,
  extent TEXT,
  PRIMARY KEY (truce, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposed_truce_claim (
  truce INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  event INTEGER, -- its `ord`
  PRIMARY KEY (truce, claim)
) STRICT, WITHOUT ROWID;

-- Decisions that cannot both be followed: `same_*` are said to be one event, which `different_*` rules out.
CREATE TABLE contradiction (
  same_a      INTEGER NOT NULL,
  same_b      INTEGER NOT NULL,
  different_a INTEGER NOT NULL,
  different_b INTEGER NOT NULL,
  PRIMARY KEY (same_a, same_b, different_a, different_b)
) STRICT, WITHOUT ROWID;

-- Full text over dispatch texts, quotes and notes. Filled by INSERT … SELECT at the end of a batch.
CREATE VIRTUAL TABLE search USING fts5 (text, content = "body", content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

-- ---------------------------------------------------------------------------------------------------------------------
-- Views for the sqlite3 shell: names, ISO times, degrees. Live rows only.

CREATE VIEW parties AS
SELECT 'P' || party.id AS number, party.name, traits.kind, traits.side,
  (SELECT group_concat(alias.name, '; ') FROM alias WHERE alias.party = party.id
     AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'alias' AND dead.id = alias.id)) AS aliases
FROM party
JOIN party_traits AS traits ON traits.id = (
  SELECT max(id) FROM party_traits WHERE party_traits.party = party.id
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'party_traits' AND dead.id = party_traits.id))
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'party' AND dead.id = party.id);

CREATE VIEW dispatches AS
SELECT 'D' || dispatch.id AS number, source.name AS source, dispatch.stem, dispatch.title, dispatch.lang,
  dispatch.published, strftime('%Y-%m-%dT%H:%M:%SZ', dispatch.published_lo, 'unixepoch') AS published_from,
  dispatch.state, dispatch.url, lower(hex(dispatch.raw_sha256)) AS sha256, body.text,
  (SELECT count(*) FROM claim WHERE claim.dispatch = dispatch.id
     AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id)) AS claims
FROM dispatch
JOIN body ON body.id = dispatch.text
LEFT JOIN source ON source.id = dispatch.source
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id);

CREATE VIEW claims AS
SELECT 'C' || claim.id AS number, 'D' || claim.dispatch AS dispatch,
  CASE claim.narration WHEN 1 THEN '-' ELSE claimant.name END AS claimant, claim.claimant_text, claim.speaker,
  claim.stance, claim.in_response, claim.act || coalesce('/' || claim.detail, '') AS act,
  accused.name AS accused, claim.accused_text, claim.attribution, target.name AS target, claim.target_text,
  (SELECT group_concat(name, '; ') FROM claim_place WHERE claim_place.claim = claim.id) AS place,
  claim.lat_e7 / 1e7 AS lat, claim.lon_e7 / 1e7 AS lon,
  claim.occurred, strftime('%Y-%m-%dT%H:%M:%SZ', claim.lo, 'unixepoch') AS earliest, strftime('%Y-%m-%dT%H:%M:%SZ', claim.hi, 'unixepoch') AS latest,
  'I' || membership.incident AS incident, 'C' || membership.statement AS statement,
  quote.text AS quote, note.text AS note, claim.extractor IS NOT NULL AS extracted, 'B' || claim.batch AS batch
FROM claim
LEFT JOIN membership ON membership.claim = claim.id
LEFT JOIN said AS claimant_said ON claimant_said.name = claim.claimant_text
LEFT JOIN said AS accused_said ON accused_said.name = claim.accused_text
LEFT JOIN said AS target_said ON target_said.name = claim.target_text
LEFT JOIN party AS claimant ON claimant.id = coalesce(claim.claimant, claimant_said.party)
LEFT JOIN party AS accused ON accused.id = coalesce(claim.accused, accused_said.party)
LEFT JOIN party AS target ON target.id = coalesce(claim.target, target_said.party)
LEFT JOIN body AS quote ON quote.id = claim.quote
LEFT JOIN body AS note ON note.id = claim.note
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id);

CREATE VIEW incidents AS
SELECT 'I' || id AS number, alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ,
  strftime('%Y-%m-%dT%H:%M:%SZ', lo, 'unixepoch') AS earliest, strftime('%Y-%m-%dT%H:%M:%SZ', hi, 'unixepoch') AS latest,
  lat_e7 / 1e7 AS lat, lon_e7 / 1e7 AS lon,
  (SELECT group_concat('C' || claim, ' ') FROM membership WHERE membership.incident = incident.id) AS claims
FROM incident;

CREATE VIEW truces AS
SELECT 'T' || truce.id AS number, truce.title, truce.area, truce.agreed, truce.effective, truce.ended, truce.duration,
  (SELECT group_concat(party.name || ' (' || truce_party.role || ')', '; ')
     FROM truce_party JOIN party ON party.id = truce_party.party WHERE truce_party.truce = truce.id) AS parties
FROM truce
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce.id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Facts are append-only. These guard against our own mistakes; the chain guards against everybody's. REPLACE deletes
-- before it inserts: the DELETE triggers see that on connections with recursive_triggers on, as this program's are, and
-- the entries that are not bodies refuse it on any connection. A large batch puts off `claim_once`, and on an empty ledger
-- `claim_lo` and `claim_truce`, until all of it is written.

CREATE TRIGGER office_stays BEFORE UPDATE ON office BEGIN SELECT raise(ABORT, 'office is append-only'); END;
CREATE TRIGGER office_remains BEFORE DELETE ON office BEGIN SELECT raise(ABORT, 'office is append-only'); END;
CREATE TRIGGER office_once BEFORE INSERT ON office WHEN EXISTS (SELECT 1 FROM office WHERE slot = new.slot OR genesis = new.genesis)
  BEGIN SELECT raise(ABORT, 'office is append-only'); END;
CREATE TRIGGER batch_stays BEFORE UPDATE ON batch BEGIN SELECT raise(ABORT, 'batch is append-only'); END;
CREATE TRIGGER batch_remains BEFORE DELETE ON batch BEGIN SELECT raise(ABORT, 'batch is append-only'); END;
CREATE TRIGGER batch_once BEFORE INSERT ON batch WHEN EXISTS (SELECT 1 FROM batch WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'batch is append-only'); END;
CREATE TRIGGER batch_part_stays BEFORE UPDATE ON batch_part BEGIN SELECT raise(ABORT, 'batch_part is append-only'); END;
CREATE TRIGGER batch_part_remains BEFORE DELETE ON batch_part BEGIN SELECT raise(ABORT, 'batch_part is append-only'); END;
CREATE TRIGGER undo_stays BEFORE UPDATE ON undo BEGIN SELECT raise(ABORT, 'undo is append-only'); END;
CREATE TRIGGER undo_remains BEFORE DELETE ON undo BEGIN SELECT raise(ABORT, 'undo is append-only'); END;
CREATE TRIGGER undo_once BEFORE INSERT ON undo WHEN EXISTS (SELECT 1 FROM undo WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'undo is append-only'); END;
CREATE TRIGGER body_stays BEFORE UPDATE ON body WHEN NOT (new.text IS NULL AND new.bytes IS NULL
  AND (new.id, new.batch, new.role, new.owner, new.salt, new.sha, new.seal) = (old.id, old.batch, old.role, old.owner, old.salt, old.sha, old.seal)
  AND EXISTS (SELECT 1 FROM redaction WHERE redaction.body = old.id))
  BEGIN SELECT raise(ABORT, 'body is append-only: only a redaction empties it'); END;
CREATE TRIGGER body_remains BEFORE DELETE ON body BEGIN SELECT raise(ABORT, 'body is append-only'); END;
CREATE TRIGGER redaction_stays BEFORE UPDATE ON redaction BEGIN SELECT raise(ABORT, 'redaction is append-only'); END;
CREATE TRIGGER redaction_remains BEFORE DELETE ON redaction BEGIN SELECT raise(ABORT, 'redaction is append-only'); END;
CREATE TRIGGER redaction_once BEFORE INSERT ON redaction WHEN EXISTS (SELECT 1 FROM redaction WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'redaction is append-only'); END;
CREATE TRIGGER party_stays BEFORE UPDATE ON party BEGIN SELECT raise(ABORT, 'party is append-only'); END;
CREATE TRIGGER party_remains BEFORE DELETE ON party BEGIN SELECT raise(ABORT, 'party is append-only'); END;
CREATE TRIGGER party_once BEFORE INSERT ON party WHEN EXISTS (SELECT 1 FROM party WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'party is append-only'); END;
CREATE TRIGGER party_traits_stays BEFORE UPDATE ON party_traits BEGIN SELECT raise(ABORT, 'party_traits is append-only'); END;
CREATE TRIGGER party_traits_remains BEFORE DELETE ON party_traits BEGIN SELECT raise(ABORT, 'party_traits is append-only'); END;
CREATE TRIGGER party_traits_once BEFORE INSERT ON party_traits WHEN EXISTS (SELECT 1 FROM party_traits WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'party_traits is append-only'); END;
CREATE TRIGGER alias_stays BEFORE UPDATE ON alias BEGIN SELECT raise(ABORT, 'alias is append-only'); END;
CREATE TRIGGER alias_remains BEFORE DELETE ON alias BEGIN SELECT raise(ABORT, 'alias is append-only'); END;
CREATE TRIGGER alias_once BEFORE INSERT ON alias WHEN EXISTS (SELECT 1 FROM alias WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'alias is append-only'); END;
CREATE TRIGGER place_stays BEFORE UPDATE ON place BEGIN SELECT raise(ABORT, 'place is append-only'); END;
CREATE TRIGGER place_remains BEFORE DELETE ON place BEGIN SELECT raise(ABORT, 'place is append-only'); END;
CREATE TRIGGER place_once BEFORE INSERT ON place WHEN EXISTS (SELECT 1 FROM place WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'place is append-only'); END;
CREATE TRIGGER place_traits_stays BEFORE UPDATE ON place_traits BEGIN SELECT raise(ABORT, 'place_traits is append-only'); END;
CREATE TRIGGER place_traits_remains BEFORE DELETE ON place_traits BEGIN SELECT raise(ABORT, 'place_traits is append-only'); END;
CREATE TRIGGER place_traits_once BEFORE INSERT ON place_traits WHEN EXISTS (SELECT 1 FROM place_traits WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'place_traits is append-only'); END;
CREATE TRIGGER place_alias_stays BEFORE UPDATE ON place_alias BEGIN SELECT raise(ABORT, 'place_alias is append-only'); END;
CREATE TRIGGER place_alias_remains BEFORE DELETE ON place_alias BEGIN SELECT raise(ABORT, 'place_alias is append-only'); END;
CREATE TRIGGER place_alias_once BEFORE INSERT ON place_alias WHEN EXISTS (SELECT 1 FROM place_alias WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'place_alias is append-only'); END;
CREATE TRIGGER source_stays BEFORE UPDATE ON source BEGIN SELECT raise(ABORT, 'source is append-only'); END;
CREATE TRIGGER source_remains BEFORE DELETE ON source BEGIN SELECT raise(ABORT, 'source is append-only'); END;
CREATE TRIGGER source_once BEFORE INSERT ON source WHEN EXISTS (SELECT 1 FROM source WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'source is append-only'); END;
CREATE TRIGGER source_traits_stays BEFORE UPDATE ON source_traits BEGIN SELECT raise(ABORT, 'source_traits is append-only'); END;
CREATE TRIGGER source_traits_remains BEFORE DELETE ON source_traits BEGIN SELECT raise(ABORT, 'source_traits is append-only'); END;
CREATE TRIGGER source_traits_once BEFORE INSERT ON source_traits WHEN EXISTS (SELECT 1 FROM source_traits WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'source_traits is append-only'); END;
CREATE TRIGGER dispatch_stays BEFORE UPDATE ON dispatch BEGIN SELECT raise(ABORT, 'dispatch is append-only'); END;
CREATE TRIGGER dispatch_remains BEFORE DELETE ON dispatch BEGIN SELECT raise(ABORT, 'dispatch is append-only'); END;
CREATE TRIGGER dispatch_once BEFORE INSERT ON dispatch WHEN EXISTS (SELECT 1 FROM dispatch WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'dispatch is append-only'); END;
CREATE TRIGGER claim_stays BEFORE UPDATE ON claim BEGIN SELECT raise(ABORT, 'claim is append-only'); END;
CREATE TRIGGER claim_remains BEFORE DELETE ON claim BEGIN SELECT raise(ABORT, 'claim is append-only'); END;
CREATE TRIGGER claim_once BEFORE INSERT ON claim WHEN EXISTS (SELECT 1 FROM claim WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'claim is append-only'); END;
CREATE TRIGGER claim_party_stays BEFORE UPDATE ON claim_party BEGIN SELECT raise(ABORT, 'claim_party is append-only'); END;
CREATE TRIGGER claim_party_remains BEFORE DELETE ON claim_party BEGIN SELECT raise(ABORT, 'claim_party is append-only'); END;
CREATE TRIGGER claim_place_stays BEFORE UPDATE ON claim_place BEGIN SELECT raise(ABORT, 'claim_place is append-only'); END;
CREATE TRIGGER claim_place_remains BEFORE DELETE ON claim_place BEGIN SELECT raise(ABORT, 'claim_place is append-only'); END;
CREATE TRIGGER claim_answer_stays BEFORE UPDATE ON claim_answer BEGIN SELECT raise(ABORT, 'claim_answer is append-only'); END;
CREATE TRIGGER claim_answer_remains BEFORE DELETE ON claim_answer BEGIN SELECT raise(ABORT, 'claim_answer is append-only'); END;
CREATE TRIGGER claim_rule_stays BEFORE UPDATE ON claim_rule BEGIN SELECT raise(ABORT, 'claim_rule is append-only'); END;
CREATE TRIGGER claim_rule_remains BEFORE DELETE ON claim_rule BEGIN SELECT raise(ABORT, 'claim_rule is append-only'); END;
CREATE TRIGGER figure_stays BEFORE UPDATE ON figure BEGIN SELECT raise(ABORT, 'figure is append-only'); END;
CREATE TRIGGER figure_remains BEFORE DELETE ON figure BEGIN SELECT raise(ABORT, 'figure is append-only'); END;
CREATE TRIGGER loss_stays BEFORE UPDATE ON loss BEGIN SELECT raise(ABORT, 'loss is append-only'); END;
CREATE TRIGGER loss_remains BEFORE DELETE ON loss BEGIN SELECT raise(ABORT, 'loss is append-only'); END;
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence BEGIN SELECT raise(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_remains BEFORE DELETE ON evidence BEGIN SELECT raise(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER answer_stays BEFORE UPDATE ON answer BEGIN SELECT raise(ABORT, 'answer is append-only'); END;
CREATE TRIGGER answer_remains BEFORE DELETE ON answer BEGIN SELECT raise(ABORT, 'answer is append-only'); END;
CREATE TRIGGER answer_once BEFORE INSERT ON answer WHEN EXISTS (SELECT 1 FROM answer WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'answer is append-only'); END;
CREATE TRIGGER retraction_stays BEFORE UPDATE ON retraction BEGIN SELECT raise(ABORT, 'retraction is append-only'); END;
CREATE TRIGGER retraction_remains BEFORE DELETE ON retraction BEGIN SELECT raise(ABORT, 'retraction is append-only'); END;
CREATE TRIGGER retraction_once BEFORE INSERT ON retraction WHEN EXISTS (SELECT 1 FROM retraction WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'retraction is append-only'); END;
CREATE TRIGGER review_stays BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'review is append-only'); END;
CREATE TRIGGER review_remains BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'review is append-only'); END;
CREATE TRIGGER review_once BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'review is append-only'); END;
CREATE TRIGGER link_stays BEFORE UPDATE ON link BEGIN SELECT raise(ABORT, 'link is append-only'); END;
CREATE TRIGGER link_remains BEFORE DELETE ON link BEGIN SELECT raise(ABORT, 'link is append-only'); END;
CREATE TRIGGER link_once BEFORE INSERT ON link WHEN EXISTS (SELECT 1 FROM link WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'link is append-only'); END;
CREATE TRIGGER truce_stays BEFORE UPDATE ON truce BEGIN SELECT raise(ABORT, 'truce is append-only'); END;
CREATE TRIGGER truce_remains BEFORE DELETE ON truce BEGIN SELECT raise(ABORT, 'truce is append-only'); END;
CREATE TRIGGER truce_once BEFORE INSERT ON truce WHEN EXISTS (SELECT 1 FROM truce WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'truce is append-only'); END;
CREATE TRIGGER truce_party_stays BEFORE UPDATE ON truce_party BEGIN SELECT raise(ABORT, 'truce_party is append-only'); END;
CREATE TRIGGER truce_party_remains BEFORE DELETE ON truce_party BEGIN SELECT raise(ABORT, 'truce_party is append-only'); END;
CREATE TRIGGER truce_article_stays BEFORE UPDATE ON truce_article BEGIN SELECT raise(ABORT, 'truce_article is append-only'); END;
CREATE TRIGGER truce_article_remains BEFORE DELETE ON truce_article BEGIN SELECT raise(ABORT, 'truce_article is append-only'); END;
CREATE TRIGGER truce_claim_stays BEFORE UPDATE ON truce_claim BEGIN SELECT raise(ABORT, 'truce_claim is append-only'); END;
CREATE TRIGGER truce_claim_remains BEFORE DELETE ON truce_claim BEGIN SELECT raise(ABORT, 'truce_claim is append-only'); END;
