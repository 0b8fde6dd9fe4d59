//! trucebook keeps the book of a ceasefire: who says who broke it, who denies it, and what the versions have in
//! common. A claim is what somebody said; an incident is what we conclude.
//!
//! The map of the house; arrows point one way, from left to right knows nothing of what stands to its right:
//!
//! | floor | what it is |
//! |---|---|
//! | [`error`], [`model`] | the one error type; the words of the field as types |
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod error;
pub mod model;
