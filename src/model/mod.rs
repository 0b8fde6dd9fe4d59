//! The words of the field as types: parties, places, sources, dispatches, claims, truces, times and amounts.
//!
//! Nothing here knows SQL, a clock or a terminal. Every type that stands in a table or on the command line prints
//! and parses through `Display` and `FromStr`, and `parse ∘ print` is the identity.

pub mod act;
pub mod area;
pub mod claim;
pub mod claim_column;
pub mod dispatch;
pub mod edtf;
pub mod figure;
pub mod loss;
pub mod number;
pub mod party;
pub mod place;
pub mod range;
pub mod text;
pub mod truce;
pub mod vocabulary;
pub mod when;

pub use act::{Act, ActBase, ActFamily, Attribution, Stance};
pub use area::Area;
pub use claim::{Claim, NARRATION};
pub use claim_column::ClaimColumn;
pub use dispatch::{ByteSpan, Dispatch, DispatchState, Source, SourceKind};
pub use edtf::{Edtf, Grain};
pub use figure::{Figure, FigureKind, Span, Unit};
pub use loss::Loss;
pub use number::{Id, Number, NumberKind};
pub use party::{Party, PartyBook, PartyKind, Resolution};
pub use place::{Place, Point};
pub use range::{Hedge, Range};
pub use truce::{Article, Role, Truce, TruceParty};
pub use when::{Extent, Told, When, Zone, in_force};
