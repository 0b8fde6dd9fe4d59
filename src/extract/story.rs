//! The whole dispatch: what each sentence says in the light of those before it. Keeps who spoke last, what time was
//! told, who fights whom, and turns deeds into drafts of claims.

use std::collections::HashMap;

use super::actors::{Mention, Who};
use super::calendar::{Known, Told as Time};
use super::deeds::{self, Deed};
use super::draft::{Draft, Speaker, TimeRule, Voice};
use super::names::{Bearer, NameForm, Names};
use super::roles::{self, Role};
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::site::Site;
use super::speech::{self, Speech};
use super::times::{Said, TimeMark};
use super::{cast, dated_truces, message, unknown};
use crate::model::{ByteSpan, Edtf, PartyKind, Stance};

/// A sentence with what was found in it.
#[derive(Debug)]
pub(crate) struct Read<'l> {
    pub(crate) scene: Scene<'l>,
    pub(crate) speeches: Vec<Speech>,
    /// Deeds with who did them, as far as the sentence tells.
    pub(crate) deeds: Vec<(Deed, Option<Role>)>,
}

impl<'l> Read<'l> {
    pub(crate) fn new(scene: Scene<'l>) -> Self {
        let speeches = speech::find(&scene);
        let mut deeds: Vec<(Deed, Option<Role>)> = Vec::new();
        for deed in deeds::find(&scene, &speeches) {
            let governing = speech::governing(&speeches, deed.at.start);
            let agent = roles::agent(&scene, &deed, governing, &deeds);
            deeds.push((deed, agent));
        }
        Self { scene, speeches, deeds }
    }
}

/// What is known while a dispatch is read.
#[derive(Debug)]
pub(crate) struct Story<'n> {
    pub(crate) names: &'n Names,
    pub(crate) text: &'n str,
    /// Parties that fight, most prominent first.
    pub(crate) fighting: Vec<Bearer>,
    /// Everybody the text names.
    everybody: Vec<Bearer>,
    /// The monitor that published the text itself: its narration is that monitor's.
    narrator: Option<Bearer>,
    /// The one monitor that the text names, if it names one.
    monitor: Option<Bearer>,
    /// The state that the text names most.
    home: Option<Bearer>,
    /// Who spoke last, anywhere, and in this paragraph.
    pub(crate) last: Option<Bearer>,
    pub(crate) here: Option<Voice>,
    /// The words that name who spoke last in this paragraph.
    pub(crate) here_at: Option<ByteSpan>,
    /// The party that was the subject of the sentence before, in its paragraph.
    pub(crate) subject: Option<Bearer>,
    /// Words of office with the party they were used of last.
    offices: Vec<(String, Bearer)>,
    /// The state in whose capital the text was written.
    dateline: Option<Bearer>,
    /// The state whose government was named last.
    government: Option<Bearer>,
    /// Where each party was named last, before this sentence.
    named: HashMap<Bearer, ByteSpan>,
    /// The time of the story's first deed, and the paragraph in which a time was told last.
    pub(crate) lead: Option<Time>,
    pub(crate) then_in: usize,
    /// The words that told the story's first time, and the time told last.
    pub(crate) lead_at: Option<ByteSpan>,
    pub(crate) then_at: Option<ByteSpan>,
    paragraph: usize,
    /// The places that "there" and "the town" mean: those of the deed told last, else the last one named.
    pub(crate) site: Option<Site>,
    /// The sentence in which a ceasefire was named last.
    pub(crate) truce_in: Option<usize>,
    /// The days that a bulletin covers, where its heading tells them.
    pub(crate) period: Option<Time>,
    /// When the last speaker spoke.
    pub(crate) known: Known,
    pub(crate) drafts: Vec<Draft>,
    /// Actors that no party bears, as said.
    pub(crate) unknown: Vec<String>,
}

impl<'n> Story<'n> {
    /// A story about to be read.
    pub(crate) fn new(names: &'n Names, text: &'n str, known: Known, reads: &[Read<'_>]) -> Self {
        let cast::Cast { fighting, everybody, monitor, home } = cast::cast(names, reads);
        Self {
            names,
            text,
            fighting,
            everybody,
            monitor,
            home,
            narrator: None,
            last: None,
            here: None,
            here_at: None,
            subject: None,
            offices: Vec::new(),
            government: None,
            named: HashMap::new(),
            dateline: None,
            lead: None,
            then_in: usize::MAX,
            lead_at: None,
            then_at: None,
            paragraph: usize::MAX,
            site: None,
            truce_in: None,
            period: None,
            known,
            drafts: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The text's own voice: nobody's, or the monitor's that published it.
    pub(crate) fn narration(&self) -> Voice {
        self.narrator.map_or(Voice::Nobody, Voice::Party)
    }

    /// Tells the story who published the text: of a monitor's own report the narration is the monitor's.
    pub(crate) fn published_by(&mut self, source: Option<&str>) {
        let found = source.map(|source| self.names.find(source)).unwrap_or_default();
        let speaks = |form| matches!(form, NameForm::Institution | NameForm::Official | NameForm::Forces);
        let own = found.iter().filter_map(|name| Some((name.party?, name.form)));
        self.narrator = own
            .filter(|(party, form)| self.names.kind(*party) == PartyKind::Monitor || speaks(*form))
            .map(|(party, _)| party)
            .next();
    }

    /// Tells the story what stands above it, whose last lines may tell the one capital where it was written.
    pub(crate) fn dated_from(&mut self, head: &str) {
        let last = head.trim_end().rsplit('\n').next().unwrap_or_default();
        let seat = |form| matches!(form, NameForm::Capital | NameForm::Alias);
        let mut seats = self.names.find(last).into_iter().filter(|name| seat(name.form));
        let state = |party: &Bearer| self.names.kind(*party) == PartyKind::State && self.fighting.contains(party);
        let first = seats.next().and_then(|name| name.party);
        self.dateline = first.filter(|party| seats.all(|other| other.party == Some(*party)) && state(party));
    }

    /// Tells the story its heading: where that names one body and calls the text its bulletin, the narration is that
    /// body's, and undated acts fall in the days the heading tells.
    pub(crate) fn headed(&mut self, heading: &Scene<'_>) {
        if !heading.has(heading.whole(), Sense::Bulletin) {
            return;
        }
        let span = heading.times.iter().find(|mark| matches!(mark.said, Said::Span(..)));
        self.period = self.period.or(span.and_then(|mark| self.known.read(&mark.said)));
        let place = |mention: &&Mention| heading.places.iter().any(|place| place.at == mention.at);
        let mut named: Vec<Bearer> = heading.mentions.iter().filter(|m| !place(m)).filter_map(Mention::party).collect();
        named.dedup();
        let body = heading.mentions.iter().filter(|m| !place(m)).find(|mention| {
            let office = [NameForm::Institution, NameForm::Official, NameForm::Forces, NameForm::Alias];
            let watches = |party| matches!(self.names.kind(party), PartyKind::Monitor | PartyKind::Organization);
            mention.form.is_some_and(|form| office.contains(&form)) || mention.party().is_some_and(watches)
        });
        let told = heading.has_any(heading.whole(), &[Sense::Say, Sense::Accuse, Sense::Deny]);
        if let (Some(body), [_], false) = (body, named.as_slice(), told) {
            self.narrator = self.narrator.or(body.party());
        }
    }

    /// Begins a sentence: a new paragraph forgets who spoke in the one before.
    pub(crate) fn enter(&mut self, paragraph: usize) {
        if paragraph != self.paragraph {
            self.paragraph = paragraph;
            self.here = None;
            self.here_at = None;
            self.subject = None;
        }
    }

    /// Whether two parties are one, or stand on one side.
    pub(crate) fn allied(&self, a: Bearer, b: Bearer) -> bool {
        a == b || matches!((self.names.side(a), self.names.side(b)), (Some(a), Some(b)) if a == b)
    }

    /// Whom a party fights, which is nobody who is there to watch or mediate.
    pub(crate) fn opponent(&self, of: Bearer) -> Option<Bearer> {
        let watches = |party: Bearer| matches!(self.names.kind(party), PartyKind::Monitor | PartyKind::Mediator);
        self.fighting.iter().copied().find(|&other| !self.allied(of, other) && !watches(other))
    }

    /// The two belligerents of the text.
    pub(crate) fn pair(&self) -> Option<(Bearer, Bearer)> {
        let first = *self.fighting.first()?;
        Some((first, self.opponent(first)?))
    }

    /// Whether a party watches or mediates rather than fights.
    pub(crate) fn is_third(&self, party: Bearer) -> bool {
        let kind = self.names.kind(party);
        matches!(kind, PartyKind::Monitor | PartyKind::Mediator | PartyKind::Organization)
            && !self.fighting.iter().take(2).any(|&f| f == party)
    }

    /// In whose mouth a saying is, and by which rule.
    pub(crate) fn voice(&mut self, scene: &Scene<'_>, speech: &Speech) -> Speaker {
        match speech.speaker.first().and_then(|&id| scene.mentions.get(id)) {
            Some(mention) => self.named_voice(scene, speech, mention),
            None => self.unnamed_voice(scene, speech),
        }
    }

    /// In whose mouth a saying is that names somebody, or words that stand for somebody.
    fn named_voice(&self, scene: &Scene<'_>, speech: &Speech, mention: &Mention) -> Speaker {
        let at = scene.bytes(&mention.at);
        let office = Some(&mention.at).filter(|_| mention.who == Who::Office);
        if let Some(name) = office.and_then(|office| unknown::whose_office(scene, self.text, office)) {
            let (voice, rule) = (Voice::Unknown(name.to_owned()), "unknown speaker");
            return Speaker { voice, rule, at, before: None, text: None };
        }
        let text = at.and_then(|span| span.of(self.text)).map(str::to_owned);
        let speaker = |voice, rule| Speaker { voice, rule, at, before: None, text: text.clone() };
        let nobody = |rule| speaker(self.narration(), rule);
        match mention.who {
            Who::Party(party) => speaker(Voice::Party(party), "speaker"),
            Who::Bystander => nobody("witness"),
            Who::Monitor => self.monitor.map_or_else(
                || nobody("monitors"),
                |party| Speaker {
                    before: self.named_last(scene, party, mention.at.start),
                    ..speaker(Voice::Party(party), "the monitors of the text")
                },
            ),
            Who::Office | Who::Pronoun | Who::They | Who::Theirs | Who::We | Who::Government | Who::Rebels => {
                // Who denies or admits in a paragraph of its own, named by its office alone, is whom the last speaker accused.
                let apart = scene.lang.is_slavic() && self.here.is_none() && mention.who == Who::Office;
                let answers = apart && matches!(speech.sense, Sense::Deny | Sense::Admit);
                let accused = || self.last.filter(|_| answers).and_then(|last| self.accused_last(last));
                let latter = || self.latter(scene, mention);
                let known = self.epithet(mention.who).or_else(|| self.office(scene, mention)).or_else(latter);
                let house = mention.who == Who::Government || is_house(scene, mention);
                let known = known.or_else(|| self.dateline.filter(|_| house && self.last.is_none()));
                // A minister of nobody named is the state's, even where the rebels were named last.
                let minister = || self.epithet(Who::Government).filter(|_| is_minister(scene, mention));
                let known = known.or_else(|| self.most_prominent(mention.who)).or_else(accused).or_else(minister);
                let fits = |party: &Bearer| cast::may_be(mention.who, self.names.kind(*party));
                let known = known.or(self.last.filter(fits));
                let known = known.map(|party| self.not_accused(scene, speech, party));
                let house = || self.epithet(Who::Government).filter(|_| is_house(scene, mention));
                let party = known.or_else(|| named_before(scene, mention).filter(fits)).or_else(house);
                let someone = || match &text {
                    Some(name) if matches!(mention.who, Who::Government | Who::Rebels) && self.last.is_some() => {
                        speaker(Voice::Unknown(name.clone()), "unknown speaker")
                    }
                    _ => nobody("nobody named"),
                };
                party.map_or_else(someone, |party| Speaker {
                    before: self.named_last(scene, party, mention.at.start),
                    ..speaker(Voice::Party(party), "speaker named before")
                })
            }
            _ => nobody("nobody named"),
        }
    }

    /// In whose mouth a saying is whose speaker is not told, or is no known party.
    fn unnamed_voice(&mut self, scene: &Scene<'_>, speech: &Speech) -> Speaker {
        let run = scene.clause_run(scene.clause(speech.cue.start));
        let speaker = |voice, rule, at| Speaker { voice, rule, at, before: None, text: None };
        if let Some(name) = unknown::before(scene, self.text, run.start, speech.cue.start) {
            self.note_unknown(name);
            let at = scene.sentence.span.of(self.text).and_then(|sentence| {
                let lo = scene.sentence.span.lo + sentence.find(name)?;
                Some(ByteSpan { lo, hi: lo + name.len() })
            });
            return speaker(Voice::Unknown(name.to_owned()), "unknown speaker", at);
        }
        if let Some(subject) = self.subject.filter(|_| scene.lang.drops_subject()) {
            let subject = self.not_accused(scene, speech, subject);
            let at = self.named.get(&subject).copied();
            return speaker(Voice::Party(subject), "subject told before", at);
        }
        let speaks_on = self.last.filter(|_| scene.lang.drops_subject() && !is_impersonal(scene, speech));
        // "«…», - говорится в сообщении": in that of the one who spoke last.
        let message = || self.drafts.iter().rev().take(super::merge::REACH).find_map(|draft| draft.voice.party());
        let speaks_on = speaks_on.or_else(|| message().filter(|_| message::goes_on(scene, speech)));
        match (&self.here, speaks_on) {
            (Some(voice), _) => speaker(voice.clone(), "speaker named before", self.here_at),
            (None, Some(party)) => {
                let party = self.not_accused(scene, speech, party);
                let at = self.named.get(&party).copied();
                speaker(Voice::Party(party), "speaker of the paragraph before", at)
            }
            (None, None) => speaker(self.narration(), "nobody named", None),
        }
    }

    /// Where a party was named last, up to a token of a sentence.
    pub(crate) fn named_last(&self, scene: &Scene<'_>, party: Bearer, upto: usize) -> Option<ByteSpan> {
        let here = scene.mentions.iter().rfind(|m| m.at.end <= upto && m.party() == Some(party));
        here.and_then(|mention| scene.bytes(&mention.at)).or_else(|| self.named.get(&party).copied())
    }

    /// Keeps where the parties of a sentence are named.
    pub(crate) fn note_names(&mut self, scene: &Scene<'_>) {
        for mention in &scene.mentions {
            if let (Some(party), Some(span)) = (mention.party(), scene.bytes(&mention.at)) {
                self.named.insert(party, span);
            }
        }
    }

    /// Who accuses, where the one that was named before would accuse itself: its opponent.
    fn not_accused(&self, scene: &Scene<'_>, speech: &Speech, party: Bearer) -> Bearer {
        let accused = speech.accused.and_then(|id| scene.mentions.get(id)).and_then(|m| match m.who {
            Who::Government | Who::Rebels => self.epithet(m.who),
            _ => m.party(),
        });
        let opponent =
            accused.filter(|&accused| self.allied(accused, party)).and_then(|accused| self.opponent(accused));
        opponent.unwrap_or(party)
    }

    /// The state or the armed group that fights here, where the war is between such: the only one of its kind among
    /// those who fight most, or of the two that fight most.
    fn epithet(&self, who: Who) -> Option<Bearer> {
        let state = match who {
            Who::Government => true,
            Who::Rebels => false,
            _ => return None,
        };
        if let Some(named) = self.government.filter(|_| state) {
            return Some(named);
        }
        let kind = |party: Bearer| match self.names.kind(party) {
            PartyKind::State => Some(true),
            PartyKind::NonState | PartyKind::Coalition => Some(false),
            _ => None,
        };
        // A desk that registered one state and its rebels means these, whichever others a text names.
        let registered = || self.everybody.iter().copied().filter(|&party| self.names.registered(party));
        let mut own = registered().filter(|&party| kind(party) == Some(state));
        let foes = registered().any(|party| kind(party) == Some(!state));
        if let (Some(one), None, true) = (own.next(), own.next(), foes) {
            return Some(one);
        }
        let only = |most: usize| {
            let among = || self.fighting.iter().copied().take(most);
            let mut wanted = among().filter(|&party| kind(party) == Some(state));
            let others = among().any(|party| kind(party) == Some(!state));
            wanted.next().filter(|_| others && wanted.next().is_none())
        };
        let at_home = || {
            let first = || self.fighting.iter().take(3).map(|&party| kind(party));
            self.home
                .filter(|_| state && first().any(|kind| kind == Some(false)) && first().all(|kind| kind != Some(true)))
        };
        only(3).or_else(at_home).or_else(|| only(2))
    }

    /// The party that a word of office was used of last: "the ministry", "ведомство".
    fn office(&self, scene: &Scene<'_>, mention: &Mention) -> Option<Bearer> {
        let words = scene.tokens().get(mention.at.clone()).unwrap_or_default();
        let house = scene.marks_in(mention.at.clone()).any(|mark| mark.entry.detail.as_deref() == Some("house"));
        let house = house || mention.who == Who::Government;
        let same = |known: &str| house && words.iter().any(|word| office_stem(&word.norm) == known);
        let party = || self.offices.iter().rev().find(|(known, _)| same(known)).map(|(_, party)| *party);
        matches!(mention.who, Who::Office | Who::Government).then(party).flatten()
    }

    /// Whom "the latter", "ces derniers" means: the one accused last, who is not the last speaker.
    fn latter(&self, scene: &Scene<'_>, mention: &Mention) -> Option<Bearer> {
        let latter = scene.marks_in(mention.at.clone()).any(|mark| mark.entry.detail.as_deref() == Some("latter"));
        let accused = |draft: &&Draft| draft.stance == Stance::Alleges && draft.accused.is_some();
        let before = self.drafts.iter().rev().take(5).find(accused).filter(|_| latter)?;
        before.accused.filter(|&accused| before.voice != Voice::Party(accused))
    }

    /// Of several states or armed groups the one that fights most, where the last who spoke is of the other kind.
    fn most_prominent(&self, who: Who) -> Option<Bearer> {
        let wanted = |party: Bearer| {
            matches!(
                (who, self.names.kind(party)),
                (Who::Government, PartyKind::State) | (Who::Rebels, PartyKind::NonState | PartyKind::Coalition)
            )
        };
        let among = self.fighting.iter().copied().take(4).find(|&party| wanted(party));
        among.filter(|_| !self.last.is_some_and(wanted))
    }

    /// Keeps the words of office that a party's name stands with.
    pub(crate) fn note_offices(&mut self, scene: &Scene<'_>) {
        for mention in &scene.mentions {
            let Some(party) = mention.party() else { continue };
            let governs =
                scene.has(mention.at.clone(), Sense::Government) && scene.has(mention.at.clone(), Sense::Authority);
            if governs
                && self.names.kind(party) == PartyKind::State
                && self.fighting.iter().take(4).any(|&f| f == party)
            {
                self.government = Some(party);
            }
            let near = mention.at.start.saturating_sub(3)..mention.at.end + 3;
            let stems: Vec<String> = scene
                .all(near, Sense::Authority)
                .filter(|mark| beside(scene, &mark.at, &mention.at))
                .filter_map(|mark| scene.token(mark.at.start).map(|token| office_stem(&token.norm).to_owned()))
                .collect();
            for stem in stems {
                self.offices.retain(|(known, _)| *known != stem);
                self.offices.push((stem, party));
            }
        }
    }

    /// Keeps an actor that no party bears.
    pub(crate) fn note_unknown(&mut self, name: &str) {
        self.unknown.push(name.to_owned());
    }

    /// Which party somebody in a part of a deed is.
    pub(crate) fn party(
        &self,
        who: Who,
        voice: Option<Bearer>,
        speech: Option<(&Scene<'_>, &Speech)>,
    ) -> Option<Bearer> {
        let blamed = speech
            .filter(|(_, speech)| speech.sense == Sense::Accuse)
            .and_then(|(scene, speech)| scene.mentions.get(speech.accused?).and_then(Mention::party));
        match who {
            Who::Party(party) => Some(party),
            Who::They => blamed.or_else(|| self.accused_last(voice?)).or(voice).or(self.last),
            Who::Pronoun | Who::Theirs => blamed.or(voice).or(self.last),
            Who::Enemy => voice.filter(|voice| !self.is_third(*voice)).and_then(|voice| self.opponent(voice)),
            Who::We | Who::Office => voice,
            Who::Monitor => self.monitor,
            Who::Government | Who::Rebels => self.epithet(who),
            _ => None,
        }
    }

    /// Whom a speaker means by "they" who are not its own: whom it accused just before, else its opponent.
    pub(crate) fn others(&self, speaker: Bearer) -> Option<Bearer> {
        let fights = Some(speaker).filter(|speaker| !self.is_third(*speaker));
        self.accused_last(speaker).or_else(|| self.opponent(fights?))
    }

    /// Whom a speaker accused just before.
    fn accused_last(&self, voice: Bearer) -> Option<Bearer> {
        let before = self.drafts.last().filter(|draft| draft.voice == Voice::Party(voice))?;
        before.accused.filter(|&accused| before.stance == Stance::Alleges && !self.allied(accused, voice))
    }

    /// When a deed happened, and how that is known. `from` is where what belongs to the deed begins in its clause.
    pub(crate) fn time(
        &self,
        scene: &Scene<'_>,
        clause: usize,
        from: usize,
    ) -> (Option<Time>, TimeRule, Option<ByteSpan>) {
        let run = scene.clause_run(clause);
        let named = |mark: &TimeMark| {
            matches!(mark.said, Said::Year(_))
                && scene.has_any(mark.at.end..mark.at.end + 1, &[Sense::Truce, Sense::Accord])
        };
        let own: Vec<&TimeMark> = scene
            .times
            .iter()
            .filter(|mark| run.contains(&mark.at.start) && !named(mark) && !dated_truces::of_truce(scene, mark))
            .collect();
        // "Accused on Tuesday … of shelling it on Monday": what follows the saying is the deed's own.
        let after: Vec<&TimeMark> = own.iter().copied().filter(|mark| mark.at.start >= from).collect();
        let own = if after.iter().any(|mark| !matches!(mark.said, Said::Clock { .. })) { after } else { own };
        let past = |time: &Time| self.known.published.is_none_or(|(last, _)| time.from <= last);
        if let Some((time, mark)) = self.resolve(&own).filter(|(time, _)| past(time)) {
            return (Some(time), TimeRule::Own, scene.bytes(&mark.at));
        }
        let mut near: Vec<&TimeMark> = scene
            .times
            .iter()
            .filter(|mark| !matches!(mark.said, Said::Since(_) | Said::Year(_)) && !dated_truces::of_truce(scene, mark))
            .collect();
        near.sort_by_key(|mark| mark.at.start.abs_diff(run.start));
        for mark in near {
            if let Some((time, mark)) = self.resolve(&[mark]).filter(|(time, _)| past(time)) {
                return (Some(time), TimeRule::Sentence, scene.bytes(&mark.at));
            }
        }
        let here = self.known.then.filter(|_| self.then_in == scene.sentence.paragraph);
        let at = if here.is_some() { self.then_at } else { self.lead_at };
        match (here.or(self.lead).filter(Time::fine), self.period) {
            (Some(then), None) => (Some(then.whole_days()), TimeRule::Before, at),
            (Some(then), Some(_)) if here.is_some() => (Some(then.whole_days()), TimeRule::Before, at),
            (_, Some(period)) => (Some(period), TimeRule::Before, None),
            (None, None) => (self.known.today().map(Time::day), TimeRule::Published, None),
        }
    }

    /// The day since which a sentence counts, where it counts so.
    pub(crate) fn since(&self, scene: &Scene<'_>) -> Option<Edtf> {
        let mark = scene.times.iter().find(|mark| matches!(mark.said, Said::Since(_)))?;
        self.resolve(&[mark]).map(|(time, _)| Time::day(time.from).edtf())
    }

    /// The time that expressions of one clause tell together: a day and a time of day join.
    pub(crate) fn resolve<'m>(&self, marks: &[&'m TimeMark]) -> Option<(Time, &'m TimeMark)> {
        let open = marks.iter().any(|mark| !mark.bracketed);
        let marks: Vec<&'m TimeMark> = marks.iter().copied().filter(|mark| !open || !mark.bracketed).collect();
        let clock = marks.iter().find_map(|mark| match mark.said {
            Said::Clock { hour, minute } => Some((*mark, hour, minute)),
            _ => None,
        });
        let mut days: Vec<&'m TimeMark> =
            marks.iter().copied().filter(|mark| !matches!(mark.said, Said::Clock { .. })).collect();
        if let Some((clock, ..)) = clock {
            days.sort_by_key(|mark| mark.at.start.abs_diff(clock.at.start));
        }
        // "accused on Monday … the day before": counted from the day told beside it.
        let from = days
            .iter()
            .find_map(|mark| Some((self.known.read(&mark.said)?, mark.at.start)))
            .filter(|(day, _)| day.fine());
        let then = days
            .iter()
            .find(|mark| matches!(mark.said, Said::FromThen(_)) && from.is_some_and(|(_, at)| at < mark.at.start));
        if let (Some(mark), Some((day, _))) = (then, from) {
            let told = Known { then: Some(day), ..self.known }.read(&mark.said);
            return told.map(|time| (time, *mark));
        }
        let day = days.into_iter().find_map(|mark| Some((self.known.read(&mark.said)?, mark)));
        match (day, clock) {
            (Some((day, mark)), Some((_, hour, minute))) if day.clock.is_none() && day.fine() => {
                let weekday = matches!(mark.said, Said::Weekday(_));
                let time = Known::at_clock(day, hour, minute, weekday);
                time.map(|time| (time, mark))
            }
            (Some(day), _) => Some(day),
            (None, Some((mark, ..))) => self.known.read(&mark.said).map(|time| (time, mark)),
            (None, None) => None,
        }
    }
}

/// Whether a saying has nobody for its subject: "se informó", "si apprende".
fn is_impersonal(scene: &Scene<'_>, speech: &Speech) -> bool {
    speech
        .cue
        .start
        .checked_sub(1)
        .and_then(|at| scene.token(at))
        .is_some_and(|t| matches!(t.norm.as_str(), "se" | "si"))
}

/// Whether a mention is of a minister, whom only a government has.
fn is_minister(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.marks_in(mention.at.clone()).any(|mark| mark.entry.detail.as_deref() == Some("minister"))
}

/// Whether a mention is of a ministry, a general staff or the like, which only a state has.
fn is_house(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.marks_in(mention.at.clone()).any(|mark| mark.entry.detail.as_deref() == Some("house"))
}

/// A word of office without its endings.
fn office_stem(word: &str) -> &str {
    word.char_indices().nth(5).map_or(word, |(at, _)| word.get(..at).unwrap_or(word))
}

/// Whether a word of office stands in or beside a name, with no sign between.
fn beside(scene: &Scene<'_>, office: &Run, name: &Run) -> bool {
    let gap = if office.end <= name.start { office.end..name.start } else { name.end..office.start };
    let gap = gap.start..gap.end.max(gap.start);
    let verb = scene.marks_in(gap.clone()).any(|mark| super::actors::is_verbal(mark.sense()));
    !verb && !scene.tokens().get(gap).unwrap_or_default().iter().any(|token| token.is(",") || token.is("."))
}

/// The party named last before a mention in its sentence.
fn named_before(scene: &Scene<'_>, mention: &Mention) -> Option<Bearer> {
    scene
        .mentions_in(0..mention.at.start)
        .filter(|m| m.form != Some(NameForm::Attached))
        .filter_map(Mention::party)
        .next_back()
}

/// The times of a saying: those in its clause that belong to no deed there.
pub(crate) fn said_at(story: &Story<'_>, read: &Read<'_>, speech: &Speech) -> Option<Time> {
    let clause = read.scene.clause(speech.cue.start);
    let run = read.scene.clause_run(clause);
    let marks: Vec<&TimeMark> = read
        .scene
        .times
        .iter()
        .filter(|mark| run.contains(&mark.at.start) && mark.at.start < speech.cue.end + 6)
        .collect();
    story.resolve(&marks).map(|(time, _)| time).filter(Time::fine)
}
