//! The fields as typed, laid on a claim: onto an empty one by `add`, over an earlier one by `amend`.

use super::claim_args::ClaimArgs;
use crate::error::{Error, Result};
use crate::model::{Attribution, Claim, Figure, Loss, Point, Span, Unit};

impl ClaimArgs {
    /// Whether no field was given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets every field that was given; names of parties are still as typed.
    pub fn lay_on(&self, claim: &mut Claim) -> Result<()> {
        self.lay_who(claim);
        self.lay_what(claim);
        self.lay_where(claim)?;
        self.lay_when(claim);
        self.lay_how_many(claim)?;
        self.lay_source(claim);
        if claim.accused.is_some() || claim.accused_text.is_some() {
            claim.attribution.get_or_insert(Attribution::Stated);
        } else if claim.attribution.is_some() {
            return Err(Error::usage("`--attribution` tells how an accused is known, and there is none")
                .hint("add --accused, or leave --attribution out"));
        }
        Ok(())
    }

    fn lay_who(&self, claim: &mut Claim) {
        set_name(&mut claim.claimant, &mut claim.claimant_text, self.claimant.as_ref());
        set(&mut claim.claimant_text, self.claimant_text.as_ref());
        set(&mut claim.speaker, self.speaker.as_ref());
        set(&mut claim.said_at, self.said_at.as_ref());
    }

    fn lay_what(&self, claim: &mut Claim) {
        claim.stance = self.stance.unwrap_or(claim.stance);
        claim.in_response = self.in_response.unwrap_or(claim.in_response);
        if let Some(act) = &self.act {
            claim.act.clone_from(act);
        }
        set_name(&mut claim.accused, &mut claim.accused_text, self.accused.as_ref());
        set(&mut claim.accused_text, self.accused_text.as_ref());
        set(&mut claim.attribution, self.attribution.as_ref());
        set_name(&mut claim.target, &mut claim.target_text, self.target.as_ref());
        set(&mut claim.target_text, self.target_text.as_ref());
        set_list(&mut claim.involved, &self.involved);
        set_list(&mut claim.parties, &self.parties);
        set_list(&mut claim.mediators, &self.mediators);
        let answers: Vec<_> = self.answers.iter().map(ToString::to_string).collect();
        set_list(&mut claim.answers, &answers);
    }

    fn lay_where(&self, claim: &mut Claim) -> Result<()> {
        set_list(&mut claim.place, &self.place);
        if self.lat.is_some() || self.lon.is_some() {
            let degrees = |text: &Option<String>| text.clone().unwrap_or_default();
            let point = Point::parse(&degrees(&self.lat), &degrees(&self.lon))?;
            (claim.lat, claim.lon) = (point.map(Point::lat), point.map(Point::lon));
        }
        Ok(())
    }

    /// A window that was the whole time of the claim stays so.
    fn lay_when(&self, claim: &mut Claim) {
        if let (Some(before), Some(now)) = (claim.occurred, self.occurred) {
            let windows = claim.figures.iter_mut().filter(|figure| figure.span == Span::Window(before));
            windows.for_each(|figure| figure.span = Span::Window(now));
        }
        set(&mut claim.occurred, self.occurred.as_ref());
        set(&mut claim.extent, self.extent.as_ref());
        set(&mut claim.zone, self.zone.as_ref());
    }

    fn lay_how_many(&self, claim: &mut Claim) -> Result<()> {
        let count = self
            .count
            .map(|amount| Figure::counted(amount, self.count_unit.unwrap_or(Unit::Violation), claim.occurred));
        let figures: Vec<_> = count.into_iter().chain(self.figures.iter().cloned()).collect();
        set_list(&mut claim.figures, &figures);
        let losses: Vec<_> = self.short_loss()?.into_iter().chain(self.losses.iter().cloned()).collect();
        set_list(&mut claim.losses, &losses);
        set(&mut claim.civilian, self.civilian.as_ref());
        Ok(())
    }

    fn short_loss(&self) -> Result<Option<Loss>> {
        let (killed, wounded, missing, captured) = (self.killed, self.wounded, self.missing, self.captured);
        if killed.or(wounded).or(missing).or(captured).is_some() {
            return Ok(Some(Loss {
                side: self.loss_side.clone(),
                killed,
                wounded,
                missing,
                captured,
                ..Loss::default()
            }));
        }
        if self.loss_side.is_some() {
            return Err(Error::usage("`--loss-side` tells whose losses they are, and no losses are given")
                .hint("add --killed, --wounded, --missing or --captured, or leave --loss-side out"));
        }
        Ok(None)
    }

    fn lay_source(&self, claim: &mut Claim) {
        set(&mut claim.quote, self.quote.as_ref());
        if let Some(dispatch) = &self.dispatch {
            claim.dispatch = Some(dispatch.to_string());
        }
        set(&mut claim.span, self.span.as_ref());
        set(&mut claim.source, self.source.as_ref());
        set(&mut claim.reference, self.reference.as_ref());
        set(&mut claim.url, self.url.as_ref());
        set(&mut claim.published, self.published.as_ref());
        set(&mut claim.noted_at, self.noted_at.as_ref());
        set_list(&mut claim.rules, &self.rules);
        set(&mut claim.confidence, self.confidence.as_ref());
        set(&mut claim.note, self.note.as_ref());
    }
}

fn set<T: Clone>(slot: &mut Option<T>, given: Option<&T>) {
    if let Some(given) = given {
        *slot = Some(given.clone());
    }
}

fn set_list<T: Clone>(slot: &mut Vec<T>, given: &[T]) {
    if !given.is_empty() {
        slot.clear();
        slot.extend_from_slice(given);
    }
}

/// A name given anew takes the earlier one's words away with it.
fn set_name(name: &mut Option<String>, words: &mut Option<String>, given: Option<&String>) {
    if let Some(given) = given {
        *name = Some(given.clone());
        *words = None;
    }
}
