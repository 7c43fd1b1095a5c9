//! A table of named columns for people.

use anstyle::Style;
use textwrap::core::display_width;

use super::style::{FAINT, paint};
use super::wrap::{padded, wrapped};

/// Columns between two columns of text.
const GAP: usize = 2;
/// The last column is never narrower than this.
const NARROWEST: usize = 20;

/// A string and its style.
pub(crate) type Cell = (Style, String);

/// A table whose last column is broken into lines where the window is too narrow. Rows are as long as
/// the head.
pub(crate) fn grid(head: &[&str], rows: &[Vec<Cell>], width: Option<usize>) -> String {
    let head: Vec<Cell> = head
        .iter()
        .map(|name| (FAINT, name.to_uppercase()))
        .collect();
    let last = head.len().saturating_sub(1);
    let all = || std::iter::once(&head).chain(rows);
    let widths: Vec<usize> = (0..last)
        .map(|column| {
            let cells = all().filter_map(|row| row.get(column));
            cells
                .map(|(_, text)| display_width(text))
                .max()
                .unwrap_or(0)
                + GAP
        })
        .collect();
    let margin: usize = widths.iter().sum();
    let room = width.map(|width| width.saturating_sub(margin).max(NARROWEST));
    all().map(|row| laid_out(row, &widths, room)).collect()
}

fn laid_out(row: &[Cell], widths: &[usize], room: Option<usize>) -> String {
    let mut text = String::new();
    let used = row.iter().rposition(|(_, cell)| !cell.is_empty());
    for (column, (style, cell)) in row.iter().enumerate() {
        match widths.get(column) {
            // No space is left at the end of a line.
            Some(width) if Some(column) < used => {
                text.push_str(&paint(*style, &padded(cell, *width)));
            }
            Some(_) => text.push_str(&paint(*style, cell)),
            None => {
                let indent = format!("\n{}", " ".repeat(widths.iter().sum()));
                let lines = wrapped(cell, room);
                let lines: Vec<String> = lines.iter().map(|line| paint(*style, line)).collect();
                text.push_str(&lines.join(&indent));
            }
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::plain;
    use crate::render::style::{GOOD, STRONG};

    #[test]
    fn last_column_wraps() {
        let rows = [vec![
            (STRONG, "acme".to_owned()),
            (GOOD, "yes".to_owned()),
            (Style::new(), "track by number, list, webhooks".to_owned()),
        ]];

        let text = grid(&["provider", "ready", "can"], &rows, Some(40));

        assert_eq!(
            plain(&text),
            "PROVIDER  READY  CAN\n\
             acme      yes    track by number, list,\n\
             \x20                webhooks\n"
        );
    }

    #[test]
    fn one_column_needs_no_margin() {
        let rows = [vec![(STRONG, "acme".to_owned())]];

        assert_eq!(plain(&grid(&["provider"], &rows, None)), "PROVIDER\nacme\n");
    }
}
