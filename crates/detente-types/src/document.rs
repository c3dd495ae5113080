//! One report, as received.

use crate::{DocumentId, Span, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One report as it came in. The text is never changed; what is not body text is masked when read.
// Invariant: `id` is the hash of the other fields but `path`, so the same report twice is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    id: DocumentId,
    /// The file name or address that the report came from, for people.
    pub path: String,
    text: Arc<str>,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<When>,
}

/// What is known of a report beside its text. All of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Headline, when it is not part of the text.
    pub title: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<When>,
}

impl Document {
    /// A report from its text and what is known beside it.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>, given: Given) -> Document {
        let (text, Given { title, outlet, url, published }) = (text.into(), given);
        let show = |s: &Option<String>| s.clone().unwrap_or_default();
        let day = published.as_ref().map(|w| format!("{w:?}")).unwrap_or_default();
        let id = DocumentId::of([&*text, &show(&title), &show(&outlet), &show(&url), &day]);
        Document { id, path: path.into(), text, title, outlet, url, published }
    }

    /// Content hash.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// The text as received.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as received, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Headline given beside the text.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Outlet given beside the text.
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// Address given beside the text.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Day of publication given beside the text.
    pub fn published(&self) -> Option<&When> {
        self.published.as_ref()
    }
}

/// A stretch of text that is not body text, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Masked {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: MaskReason,
}

/// Why a stretch of text is not read as body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaskReason {
    /// "KYIV (Example News) —": place and agency before the first sentence.
    Dateline,
    /// A heading between paragraphs.
    Heading,
    /// A topic label, a tag line, a section name.
    Tag,
    /// Words under a picture, picture credits.
    Caption,
    /// "By Jane Doe", "Reporting by …; editing by …".
    Byline,
    /// "Read more: …": another report's headline; weak evidence at best.
    LinkHeadline,
    /// "The post … appeared first on …", copyright lines, "Subscribe to our newsletter".
    Boilerplate,
    /// "Post a comment", "Fields marked * are required."
    CommentForm,
    /// A date or time stamp on a line of its own.
    Stamp,
    /// An embedded post from a social network.
    Embed,
    /// Text in a language that is not read.
    OtherLanguage,
}
