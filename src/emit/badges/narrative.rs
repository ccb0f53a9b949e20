//! The criteria of a credential in Markdown: what to do, what is judged and how, what it takes and what it is made of.
//!
//! Goes in: an edition. Comes out: Markdown with second-level headings; parts that say nothing are left out. Everything that
//! Open Badges has no property for (workload, levels, mode, supervision, quality) is said here.

use std::borrow::Cow;

use super::{Edition, is_published, page_address};
use crate::emit::wording::{
    Wording, capitalized, escape_markdown, fill, join, markdown_link, one_line,
};
use crate::model::{
    Assessment, Attained, AwardedBy, CredentialId, Evidence, Occupation, PassMark, Requirement,
    Rubric, Status, Validity,
};

/// The criteria of an edition in Markdown; empty where there is nothing to say.
#[must_use]
pub fn narrative(edition: &Edition<'_>) -> String {
    let mut page = Page {
        edition,
        wording: &edition.wording,
        out: String::with_capacity(1024),
    };
    page.write();
    let length = page.out.trim_end().len();
    page.out.truncate(length);
    page.out
}

/// The Markdown being written.
struct Page<'e, 'a> {
    edition: &'e Edition<'a>,
    wording: &'e Wording<'a>,
    out: String,
}

impl Page<'_, '_> {
    fn write(&mut self) {
        let credential = self.edition.credential;
        self.retirement();
        if let Some(criteria) = &credential.criteria {
            self.paragraph(&self.wording.markdown(criteria));
        }
        if !credential.assessments.is_empty() {
            self.heading(self.wording.phrases.how_assessed);
            for assessment in &credential.assessments {
                self.assessment(assessment);
            }
        }
        self.award();
        self.requirement(
            self.wording.phrases.requirements,
            credential.requires.as_ref(),
        );
        self.open_to();
        self.requirement(
            self.wording.phrases.alongside,
            credential.alongside.as_ref(),
        );
        self.requirement(
            self.wording.phrases.recommended,
            credential.recommends.as_ref(),
        );
        self.requirement(self.wording.phrases.made_of, credential.stacks.as_ref());
        self.counts_toward();
        self.prior_learning();
        self.at_a_glance();
    }

    fn paragraph(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    fn heading(&mut self, text: &str) {
        self.out.push_str("## ");
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    /// `- Label: value`
    fn entry(&mut self, label: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        self.out.push_str("- ");
        self.out.push_str(label);
        self.out.push_str(self.wording.phrases.colon);
        self.out.push_str(value);
        self.out.push('\n');
    }

    /// Ends a list, or takes its heading back where nothing was listed since `start`.
    fn end_list(&mut self, start: usize, after_heading: usize) {
        if self.out.len() == after_heading {
            self.out.truncate(start);
        } else {
            self.out.push('\n');
        }
    }

    /// The address a credential's name links to. A draft is named without a link: it may still go away.
    fn link(&self, id: CredentialId) -> Option<String> {
        let project = self.edition.project;
        is_published(&project.credentials[id])
            .then(|| page_address(project, id, self.wording.language))
    }

    fn credential_name(&self, id: CredentialId) -> Cow<'_, str> {
        let name = &self.edition.project.credentials[id].declared.name;
        let name = escape_markdown(self.wording.prose(name));
        match self.link(id) {
            Some(address) => Cow::Owned(markdown_link(&name, &address)),
            None => name,
        }
    }

    fn retirement(&mut self) {
        let credential = self.edition.credential;
        let phrases = self.wording.phrases;
        match credential.status {
            Status::Deprecated => {
                let mut text = phrases.no_longer_awarded.to_owned();
                if let Some((new, _)) = credential.replaced_by {
                    let name = self.credential_name(new);
                    text.push(' ');
                    text.push_str(&fill(phrases.replaced_by, &[("credential", &name)]));
                }
                self.paragraph(&format!("**{}**", text.replace("**", "")));
            }
            Status::Draft | Status::Active => {}
        }
    }

    fn assessment(&mut self, assessment: &Assessment) {
        let (wording, phrases) = (self.wording, self.wording.phrases);
        let project = self.edition.project;
        let mut title = format!("**{}**", wording.markdown_line(&assessment.name));
        let mut aside = Vec::with_capacity(2);
        if let Some(kind) = assessment.kind {
            aside.push((phrases.assessment_kind)(kind).to_owned());
        }
        if let Some(weight) = assessment.weight {
            let mut number = wording.number(weight.amount);
            if weight.percent {
                number.push_str(phrases.percent_space);
                number.push('%');
            }
            aside.push(format!("{} {number}", phrases.weight));
        }
        if !aside.is_empty() {
            title.push_str(" (");
            title.push_str(&aside.join(", "));
            title.push(')');
        }
        self.paragraph(&title);
        if let Some(about) = &assessment.about {
            self.paragraph(&wording.markdown(about));
        }
        let start = self.out.len();
        if !assessment.assesses.is_empty() {
            let items: Vec<String> = assessment
                .assesses
                .iter()
                .map(|attained| self.attained(attained))
                .collect();
            self.entry(phrases.assesses, &items.join(phrases.semicolon));
        }
        let rubric = assessment.rubric.map(|(id, _)| &project.rubrics[id]);
        if let Some(pass) = assessment.pass {
            self.entry(phrases.pass_mark, &pass_mark(wording, pass.mark, rubric));
        }
        self.evidence(&assessment.evidence);
        if let Some(rubric) = rubric {
            self.entry(phrases.rubric, &rubric_line(wording, rubric));
        }
        if let Some(supervised) = assessment.supervision {
            self.entry(phrases.supervision_label, &wording.supervised(supervised));
        }
        if self.out.len() > start {
            self.out.push('\n');
        }
    }

    fn attained(&self, attained: &Attained) -> String {
        let name = escape_markdown(self.wording.item_name(attained.item));
        match attained.level {
            Some(level) => {
                let level = escape_markdown(self.wording.level(level));
                format!("{name} ({level})")
            }
            None => name.into_owned(),
        }
    }

    fn evidence(&mut self, evidence: &[Evidence]) {
        if evidence.is_empty() {
            return;
        }
        let parts: Vec<String> = evidence
            .iter()
            .map(|one| {
                let kind = (self.wording.phrases.evidence_kind)(one.kind);
                format!("{} ({kind})", self.wording.markdown_line(&one.prose))
            })
            .collect();
        self.entry(
            self.wording.phrases.evidence,
            &parts.join(self.wording.phrases.semicolon),
        );
    }

    fn award(&mut self) {
        let credential = self.edition.credential;
        let (wording, phrases) = (self.wording, self.wording.phrases);
        let project = self.edition.project;
        let start = self.out.len();
        self.heading(phrases.award);
        let after_heading = self.out.len();
        if let Some(awarded) = &credential.awarded_by {
            let mut by = (phrases.awarder)(awarded.by).to_owned();
            match awarded.by {
                AwardedBy::Accredited => {
                    if let Some(body) = super::text(project, awarded.body) {
                        by.push_str(phrases.colon);
                        by.push_str(&escape_markdown(body));
                    }
                }
                AwardedBy::Machine | AwardedBy::Assessor => {}
            }
            self.entry(phrases.awarded_by, &by);
        }
        if let Some(supervised) = credential.supervision {
            self.entry(phrases.supervision_label, &wording.supervised(supervised));
        }
        for quality in &credential.quality {
            let agency = quality
                .agency
                .as_ref()
                .map(|agency| wording.markdown_line(agency));
            let address = super::text(project, quality.iri).and_then(super::web_address);
            let value = match (agency, address) {
                (Some(agency), Some(address)) => markdown_link(&agency, &address),
                (Some(agency), None) => agency.into_owned(),
                (None, Some(address)) => markdown_link(&escape_markdown(address.clone()), &address),
                (None, None) => continue,
            };
            self.entry(phrases.quality_assurance, &value);
        }
        match credential.validity {
            Some(Validity::For(quantity)) => {
                let quantity = wording.quantity(&quantity);
                let text = fill(phrases.valid_for, &[("quantity", &quantity)]);
                self.entry(phrases.validity, &text);
            }
            Some(Validity::Until(date)) => {
                let text = fill(phrases.valid_until, &[("date", &date.to_string())]);
                self.entry(phrases.validity, &text);
            }
            None => {}
        }
        if let Some(renew) = &credential.renew {
            let text = wording.requirement_markdown_line(renew, &|id| self.link(id));
            self.entry(phrases.renewal, &text);
        }
        self.end_list(start, after_heading);
    }

    fn requirement(&mut self, heading: &str, requirement: Option<&Requirement>) {
        let Some(requirement) = requirement else {
            return;
        };
        self.heading(heading);
        let list = self
            .wording
            .requirement_list(requirement, &|id| self.link(id));
        self.out.push_str(&list);
        self.out.push('\n');
    }

    fn open_to(&mut self) {
        let open_to = &self.edition.credential.open_to;
        if open_to.is_empty() {
            return;
        }
        self.heading(self.wording.phrases.open_to);
        for one in open_to {
            self.out.push_str("- ");
            self.out.push_str(&self.wording.markdown_line(one));
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn counts_toward(&mut self) {
        let counts = &self.edition.credential.counts_toward;
        let (wording, phrases) = (self.wording, self.wording.phrases);
        let start = self.out.len();
        self.heading(phrases.counts_toward);
        let after_heading = self.out.len();
        for one in counts {
            let names: Vec<Cow<'_, str>> = one
                .targets
                .iter()
                .map(|&(id, _)| self.credential_name(id))
                .collect();
            let mut text = match names.as_slice() {
                [] => continue,
                [only] => only.clone().into_owned(),
                several => fill(
                    phrases.one_of_only,
                    &[("targets", &join(several, phrases.or))],
                ),
            };
            if let Some(credit) = &one.credit {
                let quantity = wording.quantity(credit);
                text = fill(
                    phrases.counts_for,
                    &[("target", &text), ("quantity", &quantity)],
                );
            }
            self.out.push_str("- ");
            self.out.push_str(&text);
            self.out.push('\n');
        }
        self.end_list(start, after_heading);
    }

    fn prior_learning(&mut self) {
        let prior_learning = &self.edition.credential.prior_learning;
        if prior_learning.is_empty() {
            return;
        }
        self.heading(self.wording.phrases.prior_learning);
        for one in prior_learning {
            self.paragraph(&self.wording.markdown(one));
        }
    }

    fn at_a_glance(&mut self) {
        let credential = self.edition.credential;
        let (wording, phrases) = (self.wording, self.wording.phrases);
        let project = self.edition.project;
        let start = self.out.len();
        self.heading(phrases.at_a_glance);
        let after_heading = self.out.len();
        if let Some(workload) = &credential.workload {
            self.entry(phrases.workload, &wording.quantity(workload));
        }
        if let Some(credit) = &credential.credit {
            self.entry(phrases.credit_label, &wording.quantity(credit));
        }
        let levels: Vec<Cow<'_, str>> = credential
            .levels
            .iter()
            .map(|&(level, _)| escape_markdown(wording.level(level)))
            .collect();
        self.entry(phrases.level, &join(&levels, ", "));
        if let Some(mode) = credential.mode {
            self.entry(phrases.form_of_learning, (phrases.mode)(mode));
        }
        if let Some(participation) = &credential.participation {
            let text = escape_markdown(one_line(wording.participation(participation)));
            self.entry(phrases.participation, &text);
        }
        let fields: Vec<Cow<'_, str>> = credential
            .fields
            .iter()
            .map(|&(id, _)| escape_markdown(wording.external_label(id)))
            .collect();
        self.entry(phrases.field_of_study, &join(&fields, ", "));
        let occupations: Vec<Cow<'_, str>> = credential
            .occupations
            .iter()
            .map(|&(occupation, _)| {
                escape_markdown(match occupation {
                    Occupation::Role(id) => wording.prose(&project.roles[id].declared.name),
                    Occupation::External(id) => wording.external_label(id),
                })
            })
            .collect();
        self.entry(phrases.occupations, &join(&occupations, ", "));
        self.end_list(start, after_heading);
    }
}

/// A pass mark in words.
fn pass_mark(wording: &Wording<'_>, mark: PassMark, rubric: Option<&Rubric>) -> String {
    let phrases = wording.phrases;
    match mark {
        PassMark::Percent(amount) => {
            format!("{}{}%", wording.number(amount), phrases.percent_space)
        }
        PassMark::Points(amount) => {
            let points = wording.amount_of(amount, crate::model::Unit::Points);
            match rubric {
                Some(rubric) => fill(
                    phrases.pass_points_of,
                    &[
                        ("points", &points),
                        ("most", &wording.number(rubric.most_points())),
                    ],
                ),
                None => points,
            }
        }
        PassMark::Level(index) => {
            let level = rubric.and_then(|rubric| rubric.levels.get(index));
            let level = level.map_or(Cow::Borrowed(""), |level| {
                wording.markdown_line(&level.name)
            });
            fill(phrases.pass_level, &[("level", &level)])
        }
        PassMark::All => phrases.pass_all.to_owned(),
    }
}

/// A rubric by its name, its criteria and its levels.
fn rubric_line(wording: &Wording<'_>, rubric: &Rubric) -> String {
    let mut out = capitalized(&wording.markdown_line(&rubric.declared.name));
    let criteria: Vec<Cow<'_, str>> = rubric
        .criteria
        .iter()
        .map(|criterion| wording.markdown_line(&criterion.name))
        .collect();
    if !criteria.is_empty() {
        out.push_str(" (");
        out.push_str(&criteria.join(", "));
        out.push(')');
    }
    out
}
