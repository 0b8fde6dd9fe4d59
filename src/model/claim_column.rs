//! The columns of a table of claims, which import and export share.

use super::vocabulary::vocabulary;

vocabulary! {
    /// The columns of a table of claims, in the order of an export.
    ClaimColumn, "column" {
        /// The user's own key within a source.
        Ref = "ref",
        /// The desk's own date of noting it.
        NotedAt = "noted_at",
        /// The party in whose mouth it is; `-` for none.
        Claimant = "claimant",
        /// Who spoke for it, as written.
        Speaker = "speaker",
        /// When it was said.
        SaidAt = "said_at",
        /// What the claimant does with the act.
        Stance = "stance",
        /// Whether the claimant says it acted in response.
        InResponse = "in_response",
        /// The act.
        Act = "act",
        /// The party said to have done it.
        Accused = "accused",
        /// How the accused is known.
        Attribution = "attribution",
        /// The party on the receiving end.
        Target = "target",
        /// When it happened.
        Occurred = "occurred",
        /// How to read that time.
        Extent = "extent",
        /// The zone of clock times and days.
        Zone = "zone",
        /// Names of places.
        Place = "place",
        /// Degrees north.
        Lat = "lat",
        /// Degrees east.
        Lon = "lon",
        /// The short form of one figure.
        Count = "count",
        /// Its unit.
        CountUnit = "count_unit",
        /// The short form of one loss: dead.
        Killed = "killed",
        /// The short form of one loss: hurt.
        Wounded = "wounded",
        /// Figures in full.
        Figures = "figures",
        /// Losses in full.
        Losses = "losses",
        /// Whether people or objects hit are said to be civilian.
        Civilian = "civilian",
        /// What it answers.
        Answers = "answers",
        /// The parties to a truce.
        Parties = "parties",
        /// Its mediators.
        Mediators = "mediators",
        /// The outlet or document series.
        Source = "source",
        /// Where it can be read.
        Url = "url",
        /// When its source was published.
        Published = "published",
        /// The sentence or clause it stands in.
        Quote = "quote",
        /// A remark.
        Note = "note",
    }
}
