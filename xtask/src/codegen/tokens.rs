//! Rust source without its layout, for comparisons on a machine that cannot format.

use anyhow::Result;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Everything that layout does not change: the plain comments, then the tokens, in short lines that a person can read.
///
/// Left out is what the formatter adds and removes as lines break: a comma before a closing bracket, and the braces
/// around a closure that is one expression.
///
/// # Errors
/// When the source is not Rust.
pub(super) fn without_layout(text: &str) -> Result<String> {
    let mut plain = String::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!") {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    let tokens: TokenStream = text.parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    write_tokens(tokens, &mut plain);
    Ok(plain)
}

fn write_tokens(tokens: TokenStream, plain: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if is_optional_block(&group, plain) => {
                write_tokens(group.stream(), plain);
            }
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                plain.push_str(open);
                if group.delimiter() == Delimiter::Brace {
                    plain.push('\n');
                }
                write_tokens(group.stream(), plain);
                no_space(plain);
                plain.push_str(close);
                plain.push(if close == ")" { ' ' } else { '\n' });
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' && tokens.peek().is_none() => {}
            TokenTree::Punct(punct) => {
                let mark = punct.as_char();
                if matches!(mark, ',' | ';' | ':') {
                    no_space(plain);
                }
                plain.push(mark);
                match (mark, punct.spacing()) {
                    (',' | ';', _) => plain.push('\n'),
                    (_, Spacing::Alone) => plain.push(' '),
                    (_, Spacing::Joint) => {}
                }
            }
            other => {
                plain.push_str(&other.to_string());
                plain.push(' ');
            }
        }
    }
}

/// Returns true if the formatter may add or remove these braces: the body of a closure that is one expression.
fn is_optional_block(group: &Group, before: &str) -> bool {
    let statement =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    group.delimiter() == Delimiter::Brace
        && before.ends_with("| ")
        && !group.stream().is_empty()
        && !group.stream().into_iter().any(|token| statement(&token))
}

/// Takes the space after the last token away.
fn no_space(plain: &mut String) {
    plain.truncate(plain.trim_end_matches(' ').len());
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_trailing_commas_make_no_difference() {
        let wide = "pub fn f(a: u8, b: Vec<u8>) -> u8 { a }";
        let tall = "pub fn f(\n    a: u8,\n    b: Vec<u8>,\n) -> u8 {\n    a\n}\n";

        assert_eq!(without_layout(wide).unwrap(), without_layout(tall).unwrap());
    }

    #[test]
    fn braces_around_a_short_closure_make_no_difference() {
        let wide = "fn f() { check(|letter| letter.is_ascii()); }";
        let tall = "fn f() {\n    check(|letter| {\n        letter.is_ascii()\n    });\n}\n";

        assert_eq!(without_layout(wide).unwrap(), without_layout(tall).unwrap());
    }

    #[test]
    fn names_documentation_and_plain_comments_make_a_difference() {
        let text = "// Made.\n/// Says.\npub struct A { pub number: u8 }\n";
        let others = [
            text.replace("number", "numero"),
            text.replace("Says", "Said"),
            text.replace("Made", "Built"),
        ];

        for other in others {
            assert_ne!(
                without_layout(text).unwrap(),
                without_layout(&other).unwrap(),
                "{other}"
            );
        }
    }

    #[test]
    fn changed_field_reads_as_it_is_written() {
        let plain = without_layout("pub struct A { pub number: u8}").unwrap();

        assert!(
            plain.lines().any(|line| line == "pub number: u8}"),
            "{plain}"
        );
    }
}
