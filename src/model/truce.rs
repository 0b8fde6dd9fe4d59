//! Truces: who agreed to stop, from when, over what, and until when.

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a party is to a truce.
    Role, "role" {
        /// Bound by it, and fighting.
        Belligerent = "belligerent",
        /// Bound by it beside a belligerent.
        Ally = "ally",
        /// Brought it about.
        Mediator = "mediator",
        /// Vouches for it.
        Guarantor = "guarantor",
        /// Watches over it.
        Monitor = "monitor",
    }
}

/// A party's part in a truce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TruceParty {
    /// The party's name.
    pub party: String,
    /// Its role.
    pub role: Role,
    /// From when it is bound, where that differs from the truce's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Edtf>,
    /// Until when, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Edtf>,
}

/// An article, with the date it falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its number as the text gives it: "3", "4(b)".
    pub number: String,
    /// What it obliges to.
    pub text: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Edtf>,
}

/// A truce. With one belligerent it is unilateral.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truce {
    /// What reports call it.
    pub title: String,
    /// Where it holds, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// When it was concluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Edtf>,
    /// When it took or takes effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Edtf>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Edtf>,
    /// Its stated duration in words: "72 hours".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Its terms, or where they can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The parties with their roles.
    #[serde(default)]
    pub parties: Vec<TruceParty>,
    /// Its articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
}

impl Truce {
    /// The names of the parties in a role.
    pub fn in_role(&self, role: Role) -> impl Iterator<Item = &str> {
        self.parties.iter().filter(move |p| p.role == role).map(|p| p.party.as_str())
    }
}
