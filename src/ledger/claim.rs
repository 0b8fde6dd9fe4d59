//! Claims: the tables, and what else a claim carries beside what it says.

use super::table::table;

table! {
    /// What somebody said.
    entry CLAIM, ClaimRow = 12 "claim" {
        1 id, 2 batch, 3 replaces, 4 content_key, 5 ref_key, 6 reference, 7 dispatch, 8 dispatch_text, 9 span_lo,
        10 span_hi, 11 quote, 12 note, 13 claimant, 14 narration, 15 claimant_text, 16 speaker, 17 said_at,
        18 said_lo, 19 said_hi, 20 stance, 21 in_response, 22 act, 23 detail, 24 accused, 25 accused_text,
        26 attribution, 27 target, 28 target_text, 29 occurred, 30 zone, 31 extent, 32 grain, 33 lo, 34 hi,
        35 lat_e7, 36 lon_e7, 37 civilian, 38 source, 39 url, 40 published, 41 published_lo, 42 published_hi,
        43 noted_at, 44 noted_lo, 45 noted_hi, 46 extractor, 47 confidence,
    }
    children CLAIM_PARTY, CLAIM_PLACE, CLAIM_ANSWER, CLAIM_RULE, FIGURE, LOSS, EVIDENCE;
}

table! {
    /// Parties to a truce, mediators, parties that took part without a told direction.
    child CLAIM_PARTY, ClaimPartyRow = 200 "claim_party" of "claim" by "claim, role, ord" {
        0 claim, 1 role, 2 ord, 3 party, 4 name,
    }
}

table! {
    /// Names of places as written.
    child CLAIM_PLACE, ClaimPlaceRow = 201 "claim_place" of "claim" by "claim, ord" { 0 claim, 1 ord, 2 name, }
}

table! {
    /// What it answers, as the writer said it.
    child CLAIM_ANSWER, ClaimAnswerRow = 202 "claim_answer" of "claim" by "claim, ord" { 0 claim, 1 ord, 2 answer, }
}

table! {
    /// The extractor's rules.
    child CLAIM_RULE, ClaimRuleRow = 203 "claim_rule" of "claim" by "claim, ord" { 0 claim, 1 ord, 2 rule, }
}

table! {
    /// Counted things.
    child FIGURE, FigureRow = 204 "figure" of "claim" by "claim, ord" {
        0 claim, 1 ord, 2 unit, 3 min, 4 max, 5 hedge, 6 kind, 7 over, 8 whole_min, 9 whole_max, 10 whole_hedge,
        11 whole_unit,
    }
}

table! {
    /// Losses by side.
    child LOSS, LossRow = 205 "loss" of "claim" by "claim, ord" {
        0 claim, 1 ord, 2 side, 3 side_text, 4 killed_min, 5 killed_max, 6 killed_hedge, 7 wounded_min, 8 wounded_max,
        9 wounded_hedge, 10 missing_min, 11 missing_max, 12 missing_hedge, 13 captured_min, 14 captured_max,
        15 captured_hedge, 16 civilian, 17 over, 18 since,
    }
}

table! {
    /// Where slots were read.
    child EVIDENCE, EvidenceRow = 206 "evidence" of "claim" by "claim, ord" {
        0 claim, 1 ord, 2 slot, 3 span_lo, 4 span_hi, 5 rule,
    }
}

/// The roles of [`CLAIM_PARTY`], in the order in which they are encoded.
pub(super) const INVOLVED: &str = "involved";
pub(super) const MEDIATOR: &str = "mediator";
pub(super) const TRUCE_PARTY: &str = "party";
