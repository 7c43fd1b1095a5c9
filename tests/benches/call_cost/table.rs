//! The table that is printed at the end.

use std::fmt;

/// Figures, each with the budget that it is judged by.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

struct Row {
    title: String,
    figure: &'static str,
    yardstick: Option<f64>,
    measured: Option<f64>,
    ratio: Option<f64>,
    budget: Option<f64>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds two figures of the same kind.
    pub(crate) fn compare(
        &mut self,
        title: &str,
        figure: &'static str,
        yardstick: f64,
        measured: f64,
        budget: Option<f64>,
    ) {
        self.rows.push(Row {
            title: title.to_owned(),
            figure,
            yardstick: Some(yardstick),
            measured: Some(measured),
            ratio: Some(measured / yardstick),
            budget,
        });
    }

    /// Adds a ratio whose parts mean nothing by themselves; time has no budget.
    pub(crate) fn ratio(&mut self, title: &str, figure: &'static str, ratio: Option<f64>) {
        self.rows.push(Row {
            title: title.to_owned(),
            figure,
            yardstick: None,
            measured: None,
            ratio,
            budget: None,
        });
    }

    /// Adds a figure that is compared with its budget only.
    pub(crate) fn figure(
        &mut self,
        title: String,
        figure: &'static str,
        measured: Option<f64>,
        budget: Option<f64>,
    ) {
        self.rows.push(Row {
            title,
            figure,
            yardstick: None,
            measured,
            ratio: None,
            budget,
        });
    }

    /// Adds the figures of less and of more work.
    pub(crate) fn growth(
        &mut self,
        title: String,
        figure: &'static str,
        less: f64,
        more: f64,
        budget: f64,
    ) {
        self.rows.push(Row {
            title,
            figure,
            yardstick: Some(less),
            measured: Some(more),
            ratio: Some(more / less),
            budget: Some(budget),
        });
    }

    /// Adds two peaks in bytes, of a short and of a long run.
    pub(crate) fn peaks(&mut self, title: &str, short: f64, long: f64) {
        const KILO: f64 = 1000.0;
        self.rows.push(Row {
            title: title.to_owned(),
            figure: "memory",
            yardstick: Some(short / KILO),
            measured: Some(long / KILO),
            ratio: Some(long / short),
            budget: Some(1.0),
        });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, figure) = ("what", "figure per unit");
        writeln!(
            f,
            "| {what:<46} | {figure:<15} | yardstick | measured | ratio | budget |"
        )?;
        writeln!(
            f,
            "|{:-<48}|{:-<17}|----------:|---------:|------:|-------:|",
            "", ""
        )?;
        for row in &self.rows {
            writeln!(
                f,
                "| {:<46} | {:<15} | {:>9} | {:>8} | {:>5} | {:>6} |",
                row.title,
                row.figure,
                amount(row.yardstick),
                amount(row.measured),
                shown(row.ratio),
                shown(row.budget),
            )?;
        }
        Ok(())
    }
}

fn amount(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.1}"))
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.3}"))
}
