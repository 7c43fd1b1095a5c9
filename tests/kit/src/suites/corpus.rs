//! Published bodies hold nothing that the types of an SDK do not know.

use std::fmt::Display;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::corpus::{Corpus, Open, unknown_values, unmodelled, written_again};
use crate::excerpt::as_far_as_it_goes;

/// How the bodies that a provider published are read.
pub trait Published {
    /// The provider's folder in the corpus.
    const PROVIDER: &'static str;
    /// How the names of the files end that are read.
    const ENDINGS: &'static [&'static str] = &[".json"];
    /// The open enums by the key of their values.
    const OPEN: &'static [Open] = &[];
    /// A key whose value is raw JSON on purpose, and not looked at.
    const RAW: &'static str = "";
    /// Fields and values that are known not to be modelled: `file: path`.
    const EXPECTED: &'static [&'static str] = &[];

    /// Reads a file ending in `.txt`, which breaks off.
    #[must_use]
    fn excerpt(text: &str) -> Value {
        as_far_as_it_goes(text)
    }

    /// Reads the body of a file as the type that its name says.
    fn read(findings: &mut Findings<Self>, body: &Value)
    where
        Self: Sized;
}

/// What a file holds that the types do not know.
#[derive(Debug)]
pub struct Findings<P> {
    file: String,
    parts: usize,
    found: Vec<String>,
    published: PhantomData<P>,
}

impl<P: Published> Findings<P> {
    /// The findings of reading this body under the name of a file.
    #[must_use]
    pub fn of(file: &str, body: &Value) -> Vec<String> {
        let mut findings = Self::new(file);
        P::read(&mut findings, body);
        findings.found
    }

    fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            parts: 0,
            found: Vec::new(),
            published: PhantomData,
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn file(&self) -> String {
        self.file.clone()
    }

    /// Reads a part of the file as this type.
    pub fn read<T: DeserializeOwned + Serialize>(&mut self, part: &Value) {
        self.parts += 1;
        for field in unmodelled::<T>(part) {
            self.add(field);
        }
        // What the type does not read is gone here, and so are values that are raw on purpose.
        for value in unknown_values(&written_again::<T>(part), P::OPEN, P::RAW) {
            self.add(value);
        }
    }

    /// Counts a part that no type reads.
    pub fn skip(&mut self) {
        self.parts += 1;
    }

    /// Adds a finding in this file.
    pub fn add(&mut self, finding: impl Display) {
        self.found.push(format!("{}: {finding}", self.file));
    }

    /// Adds that no type is known for the file.
    pub fn add_unknown_file(&mut self) {
        self.add("no type is known for this file");
    }
}

/// Every file of the corpus is of a known type, and has no other fields and values than those.
///
/// Passes without a corpus.
pub fn every_body_is_modelled<P: Published>() {
    let Some(corpus) = Corpus::of(P::PROVIDER) else {
        return;
    };
    let names = corpus.names(P::ENDINGS);

    let mut parts = 0;
    let mut found = Vec::new();
    for name in &names {
        let text = corpus.text(name);
        let body = match name.ends_with(".txt") {
            true => P::excerpt(&text),
            false => serde_json::from_str(&text).unwrap(),
        };
        let mut findings = Findings::<P>::new(name);
        P::read(&mut findings, &body);
        parts += findings.parts;
        found.extend(findings.found);
    }

    let files = names.len();
    println!("read {files} files with {parts} bodies; not modelled: {found:?}");
    assert_eq!(found, P::EXPECTED);
}
