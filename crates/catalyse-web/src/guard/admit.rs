//! Admitting a request: session, role, and whether the thing it names is of the visitor's own centre.

use std::sync::Arc;

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::PartnerId;
use catalyse_locale::Language;
use catalyse_store::{
    Account, Author, DraftId, DraftStamp, FindingFilter, RecordId, Role, Second, SecondId,
    SignedIn, Slip, SlipId, StoreError, StoredFinding, Token,
};

use super::blind::is_blind_to;
use super::{About, LANGUAGE, LASTING, QUESTIONS, Rule, SESSION, Sight, Who, read};
use crate::form::Tongues;
use crate::pages::past::Kept;
use crate::pages::{Failed, Refusal, refuse};
use crate::sheet::Desk;
use crate::{Site, WebError};

/// Holds a rule with what is needed to judge by it.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) site: Arc<Site>,
    pub(crate) rule: Rule,
}

/// Holds who asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The account, if somebody is signed in.
    pub(crate) account: Option<Account>,
    /// Who gave the link by which the visitor came in, if it was by one.
    pub(crate) given_by: Option<String>,
    pub(crate) language: Language,
    /// The language of the questions, one that the study has.
    pub(crate) questions: Language,
    /// What of the answers is shown.
    pub(crate) sight: Arc<Sight>,
}

impl Visitor {
    /// Returns the name to write in the journal.
    pub(crate) fn name(&self) -> &str {
        self.account.as_ref().map_or("", |account| account.name.as_str())
    }

    /// Makes the author of what the visitor does now. Who came in by somebody's link is told with whose.
    pub(crate) fn author(&self, site: &Site) -> Author {
        match &self.account {
            Some(account) => {
                let (account, given_by) = (account.clone(), self.given_by.clone());
                SignedIn { account, given_by }.author(site.now())
            }
            None => Author::new("", site.now()),
        }
    }

    /// Returns the languages of the page and of the questions.
    pub(crate) const fn tongues(&self) -> Tongues {
        Tongues { page: self.language, questions: self.questions }
    }

    pub(crate) fn role(&self) -> Option<Role> {
        self.account.as_ref().map(|account| account.role)
    }

    pub(crate) fn partner(&self) -> Option<&PartnerId> {
        self.account.as_ref().and_then(|account| account.partner.as_ref())
    }

    fn is_of(&self, partner: &str) -> bool {
        self.partner().is_some_and(|own| own.as_str() == partner)
    }
}

/// Lets a request pass to its handler, or answers it.
pub(crate) async fn admit(
    State(gate): State<Gate>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let site = &gate.site;
    let mut visitor = match visitor(site, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return refuse(site.settings.language, &Refusal::Failed(&error)),
    };
    let language = visitor.language;
    if let Who::Roles(roles) = gate.rule.who {
        let Some(role) = visitor.role() else {
            return sign_in_first(&request, language);
        };
        if !roles.contains(&role) {
            return refuse(language, &Refusal::Forbidden);
        }
    }
    let id = params.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok());
    match own_unless_blind(site, &visitor, (request.method(), gate.rule.about, id)).await {
        Ok(Own::Nothing) => {}
        Ok(Own::Blind) => return refuse(language, &Refusal::Blind),
        Ok(Own::Draft(desk)) => {
            if desk.second.is_some() {
                // It is typed blind: whoever typed the first entry or is to decide sees nothing of it, so nobody but its author does.
                if desk.draft.state.opened_by != visitor.name() {
                    return refuse(language, &Refusal::Forbidden);
                }
                visitor.sight = site.second_sights.get(visitor.role());
            }
            site.presence.note(desk.draft.state.id, visitor.name(), site.now());
            let desk =
                if is_at_the_end(&request) { desk.beside_others(site).await } else { Ok(desk) };
            match desk {
                Ok(desk) => request.extensions_mut().insert(desk),
                Err(error) => return refuse(language, &Refusal::Failed(&error)),
            };
        }
        Ok(Own::Record(kept)) => {
            request.extensions_mut().insert(Arc::new(*kept));
        }
        Ok(Own::Slip(slip)) => {
            request.extensions_mut().insert(Arc::new(*slip));
        }
        Ok(Own::Second(second)) => {
            request.extensions_mut().insert(Arc::new(*second));
        }
        Ok(Own::Finding(finding)) => {
            request.extensions_mut().insert(Arc::new(*finding));
        }
        // The second of two clicks on "accept", and whoever goes back to the sheet: it is a record now, which stands on the start.
        Err(WebError::Store(StoreError::Unknown { .. }))
            if gate.rule.about == About::Draft
                && is_read_or_finished(&request)
                && has_become_a_record(site, &visitor, id).await =>
        {
            return Redirect::to("/").into_response();
        }
        // What is not there and what is another centre's look the same: nobody learns which.
        Err(WebError::Store(StoreError::Unknown { .. }) | WebError::Nowhere) => {
            return refuse(language, &Refusal::Absent);
        }
        Err(error) => return refuse(language, &Refusal::Failed(&error)),
    }
    let is_of_draft = gate.rule.about == About::Draft && is_read_or_finished(&request);
    let by = visitor.clone();
    request.extensions_mut().insert(visitor);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Failed>() {
        // It became a record while this request was on its way.
        Some(_) if is_of_draft && has_become_a_record(site, &by, id).await => {
            Redirect::to("/").into_response()
        }
        Some(Failed(error)) => refuse(language, &Refusal::Failed(&error)),
        None => response,
    }
}

async fn visitor(site: &Site, headers: &HeaderMap) -> Result<Visitor, WebError> {
    let language = read(headers, LANGUAGE).and_then(Language::from_tag);
    let language = language.unwrap_or(site.settings.language);
    let signed_in = match read(headers, SESSION) {
        Some(token) => site.store.session(&Token::new(token), LASTING, site.now()).await?,
        None => None,
    };
    let (account, given_by) = match signed_in {
        Some(SignedIn { account, given_by }) => (Some(account), given_by),
        None => (None, None),
    };
    let sight = site.sights.get(account.as_ref().map(|account| account.role));
    let has = |questions: &Language| site.codebook().study.languages.contains(questions);
    let questions = read(headers, QUESTIONS).and_then(Language::from_tag).filter(has);
    let questions = questions.unwrap_or(language);
    Ok(Visitor { account, given_by, language, questions, sight })
}

/// Says whether a request would follow where it is sent: what the script sends is told instead.
fn is_read_or_finished(request: &Request) -> bool {
    request.method() == Method::GET || is_at_the_end(request)
}

/// Says whether a request reviews a sheet or has it accepted.
fn is_at_the_end(request: &Request) -> bool {
    request.uri().path().ends_with("/fin")
}

async fn has_become_a_record(site: &Site, visitor: &Visitor, id: Option<i64>) -> bool {
    match (id, visitor.partner()) {
        (Some(id), Some(partner)) => site.has_accepted(DraftId(id), partner.as_str()).await,
        (Some(_) | None, Some(_) | None) => false,
    }
}

fn sign_in_first(request: &Request, language: Language) -> Response {
    if request.method() == Method::GET {
        Redirect::to("/entrer").into_response()
    } else {
        refuse(language, &Refusal::SignedOut)
    }
}

/// What a request is about: loaded once, here, and handed to the handler.
enum Own {
    Nothing,
    /// It would show answers of a person whose form the visitor is keying a second time.
    Blind,
    Draft(Arc<Desk>),
    Finding(Box<StoredFinding>),
    Record(Box<Kept>),
    Slip(Box<Slip>),
    Second(Box<Second>),
}

/// Returns the stamp of a draft of the visitor's own centre.
async fn stamp(
    site: &Site,
    visitor: &Visitor,
    id: Option<i64>,
) -> Result<(DraftId, DraftStamp), WebError> {
    let id = DraftId(id.ok_or(WebError::Nowhere)?);
    let stamp = site.store.draft_stamp(id).await?;
    if visitor.is_of(&stamp.partner) { Ok((id, stamp)) } else { Err(WebError::Nowhere) }
}

/// Returns what a request is about, unless it is what the visitor must not read now.
async fn own_unless_blind(
    site: &Arc<Site>,
    visitor: &Visitor,
    (method, about, id): (&Method, About, Option<i64>),
) -> Result<Own, WebError> {
    let own = own(site, visitor, (about, id)).await?;
    let person = match &own {
        Own::Record(kept) => kept.person,
        Own::Draft(desk) if desk.second.is_none() => desk.draft.state.person,
        Own::Nothing
        | Own::Blind
        | Own::Draft(_)
        | Own::Finding(_)
        | Own::Slip(_)
        | Own::Second(_) => return Ok(own),
    };
    let is_blind = *method == Method::GET && is_blind_to(site, visitor, person).await?;
    Ok(if is_blind { Own::Blind } else { own })
}

/// Returns what a request is about, if it is of the visitor's own centre.
async fn own(
    site: &Arc<Site>,
    visitor: &Visitor,
    (about, id): (About, Option<i64>),
) -> Result<Own, WebError> {
    match about {
        About::Nothing => Ok(Own::Nothing),
        About::ClosedDraft => {
            stamp(site, visitor, id).await?;
            Ok(Own::Nothing)
        }
        About::Draft => {
            let (id, stamp) = stamp(site, visitor, id).await?;
            Ok(Own::Draft(match site.hands.get(id, &stamp) {
                Some(desk) => desk,
                None => Desk::lay(site, Arc::new(site.store.draft(id).await?)).await?,
            }))
        }
        About::Record => {
            let record = id.ok_or(WebError::Nowhere)?;
            let (person, key) = site.store.place_of(RecordId(record)).await?;
            let is_own = visitor.is_of(key.partner.as_str());
            let kept = || Own::Record(Box::new(Kept { record, person, key }));
            if is_own { Ok(kept()) } else { Err(WebError::Nowhere) }
        }
        About::Slip => {
            let slip = site.store.slip(SlipId(id.ok_or(WebError::Nowhere)?)).await?;
            let is_own = visitor.is_of(slip.announced.partner.as_str());
            is_own.then(|| Own::Slip(Box::new(slip))).ok_or(WebError::Nowhere)
        }
        About::Second => {
            let second = site.store.second(SecondId(id.ok_or(WebError::Nowhere)?)).await?;
            let is_own = visitor.is_of(&second.partner);
            is_own.then(|| Own::Second(Box::new(second))).ok_or(WebError::Nowhere)
        }
        About::Finding => {
            let partner = Some(visitor.partner().ok_or(WebError::Nowhere)?.clone());
            let own = FindingFilter { partner, ..FindingFilter::default() };
            let mut found = site.store.findings(&own).await?.into_iter();
            let finding = found.find(|finding| Some(finding.id.0) == id);
            let finding = finding.filter(|finding| visitor.sight.sees_finding(finding));
            finding.map(|finding| Own::Finding(Box::new(finding))).ok_or(WebError::Nowhere)
        }
    }
}
