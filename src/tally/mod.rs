//! What claims come to: the rules by which they are counted, and counts that are kept up as claims come and go.
//!
//! | file | what it is |
//! |---|---|
//! | [`laid`], [`made`], [`fate`] | how an act is laid to a party; what a claim does; what became of an accusation |
//! | [`numbers`] | the numbers that a claim gives, and what they are counted over |
//! | [`record`] | what is added to the counts |
//! | [`desk`] | what the claims of a component add |
//! | [`counts`] | the counts themselves: records are added and taken away |
//!
//! What becomes of an accusation depends on its component alone (see [`crate::reconcile`]), and so do the versions of a
//! number for one event. So a change takes away what the components that it touches had added, and adds what they add now.

pub mod counts;
pub mod desk;
pub mod fate;
pub mod laid;
pub mod made;
pub mod numbers;
pub mod record;
