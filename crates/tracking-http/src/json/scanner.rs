//! From the position of an error in JSON to the value that it is about.

use std::ops::Range;

/// Follows JSON forwards, from value to value. What lies before it is never read again.
///
/// The JSON may break off or be wrong after the positions that are requested.
pub(super) struct Scanner<'a> {
    json: &'a [u8],
    at: usize,
    open: Vec<Open>,
}

/// An object or a list whose end has not been reached.
struct Open {
    start: usize,
    step: Step,
    /// True if a key has been read, so that its value comes next.
    after_colon: bool,
}

/// The place of the present value in what surrounds it.
#[derive(Clone)]
enum Step {
    /// The key, as it is written, in quotes; empty before the first one.
    Key(Range<usize>),
    Index(usize),
}

/// A value that does not fit.
pub(super) struct Found {
    /// Its JSON.
    pub(super) span: Range<usize>,
    /// How many objects and lists surround it.
    pub(super) depth: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(json: &'a [u8]) -> Self {
        Self {
            json,
            at: 0,
            open: Vec::new(),
        }
    }

    /// Goes to the value that a reader was busy with when it had consumed the first `position` bytes.
    ///
    /// `refused` is the first byte of an object or a list that the reader refused. It may have looked at
    /// that byte without consuming it, so that a value which begins at the position counts too.
    pub(super) fn find(&mut self, position: usize, refused: Option<u8>) -> Found {
        loop {
            self.skip_spaces();
            let start = self.at;
            let Some(byte) = self.json.get(start) else {
                return self.innermost();
            };
            match byte {
                b'{' | b'[' => {
                    let unconsumed = start == position && refused == Some(*byte);
                    if start >= position && !unconsumed {
                        return self.innermost();
                    }
                    self.enter();
                    if unconsumed {
                        return self.innermost();
                    }
                }
                b'}' | b']' => {
                    if position <= start + 1 {
                        return self.innermost();
                    }
                    self.at += 1;
                    self.open.pop();
                }
                b',' => {
                    if position <= start {
                        return self.innermost();
                    }
                    self.next_sibling();
                }
                b':' => self.colon(),
                b'"' if self.expects_key() => {
                    let end = end_of_string(self.json, start);
                    if position <= start {
                        return self.innermost();
                    }
                    self.at = end;
                    if let Some(open) = self.open.last_mut() {
                        open.step = Step::Key(start..end);
                    }
                    // A key that is refused, such as a repeated one, costs its object.
                    if position <= end {
                        return self.innermost();
                    }
                }
                _ => {
                    if position <= start {
                        return self.innermost();
                    }
                    let end = end_of_scalar(self.json, start);
                    if position <= end {
                        return Found {
                            span: start..end,
                            depth: self.open.len(),
                        };
                    }
                    self.at = end;
                }
            }
        }
    }

    /// Leaves a value behind, and everything inside of it. Returns where it ends.
    pub(super) fn leave(&mut self, found: &Found) -> usize {
        if self.open.len() <= found.depth {
            self.at = self.at.max(found.span.end);
            return self.at;
        }
        while self.open.len() > found.depth {
            self.skip_spaces();
            let start = self.at;
            match self.json.get(start) {
                None => break,
                Some(b'{' | b'[') => self.enter(),
                Some(b'}' | b']') => {
                    self.at += 1;
                    self.open.pop();
                }
                Some(b',') => self.next_sibling(),
                Some(b':') => self.colon(),
                Some(_) => self.at = end_of_scalar(self.json, start),
            }
        }
        self.at
    }

    /// The object or list that surrounds a value; `None` around the outermost one.
    pub(super) fn around(&self, found: &Found) -> Option<Found> {
        let depth = found.depth.checked_sub(1)?;
        let start = self.open.get(depth)?.start;
        Some(Found {
            span: start..start,
            depth,
        })
    }

    /// Returns true if a value is an element of a list.
    pub(super) fn is_element(&self, found: &Found) -> bool {
        let around = found.depth.checked_sub(1);
        around
            .and_then(|depth| self.open.get(depth))
            .is_some_and(|open| matches!(open.step, Step::Index(_)))
    }

    /// The lists around a value, and that value if it is one, which are elements of lists; the outermost
    /// first.
    pub(super) fn lists_in_lists(&self, found: &Found) -> Vec<Found> {
        let open = self.open.get(..=found.depth).unwrap_or(&self.open);
        let is_list = |open: &Open| matches!(open.step, Step::Index(_));
        let pairs = open.windows(2).enumerate();
        let nested = pairs.filter(|(_, pair)| pair.iter().all(is_list));
        nested
            .filter_map(|(outer, pair)| {
                let start = pair.last()?.start;
                Some(Found {
                    span: start..start,
                    depth: outer + 1,
                })
            })
            .collect()
    }

    /// The first byte of a value, which says what it is.
    pub(super) fn first_byte(&self, found: &Found) -> Option<u8> {
        self.json.get(found.span.start).copied()
    }

    /// The beginning of JSON in which only a value at this depth remains, up to that value.
    pub(super) fn skeleton(&self, depth: usize) -> Vec<u8> {
        let mut skeleton = Vec::new();
        for open in self.open.iter().take(depth) {
            match &open.step {
                Step::Index(_) => skeleton.push(b'['),
                Step::Key(key) => {
                    skeleton.push(b'{');
                    skeleton.extend_from_slice(self.json.get(key.clone()).unwrap_or_default());
                    skeleton.push(b':');
                }
            }
        }
        skeleton
    }

    /// What closes the objects and lists around a value at this depth.
    pub(super) fn closers(&self, depth: usize) -> Vec<u8> {
        let open = self.open.iter().take(depth).rev();
        open.map(|open| match open.step {
            Step::Index(_) => b']',
            Step::Key(_) => b'}',
        })
        .collect()
    }

    /// The start of the object or list around a value, which distinguishes it from all others.
    pub(super) fn start_around(&self, found: &Found) -> Option<usize> {
        Some(self.open.get(found.depth.checked_sub(1)?)?.start)
    }

    /// The JSON path of a value at this depth: `data.events[3].time`.
    pub(super) fn path(&self, depth: usize) -> String {
        let mut path = String::new();
        for open in self.open.iter().take(depth) {
            match &open.step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => {
                    let written = self.json.get(key.clone()).unwrap_or_default();
                    if !path.is_empty() {
                        path.push('.');
                    }
                    let written = String::from_utf8_lossy(written);
                    path.push_str(&serde_json::from_str::<String>(&written).unwrap_or_default());
                }
            }
        }
        path
    }

    /// The object or list that is being followed, or else all of the JSON.
    fn innermost(&self) -> Found {
        match self.open.last() {
            None => Found {
                span: 0..self.json.len(),
                depth: 0,
            },
            Some(open) => Found {
                span: open.start..open.start,
                depth: self.open.len() - 1,
            },
        }
    }

    fn enter(&mut self) {
        let step = match self.json.get(self.at) {
            Some(b'[') => Step::Index(0),
            _ => Step::Key(0..0),
        };
        self.open.push(Open {
            start: self.at,
            step,
            after_colon: false,
        });
        self.at += 1;
    }

    fn next_sibling(&mut self) {
        self.at += 1;
        if let Some(open) = self.open.last_mut() {
            open.after_colon = false;
            if let Step::Index(index) = &mut open.step {
                *index += 1;
            }
        }
    }

    fn colon(&mut self) {
        self.at += 1;
        if let Some(open) = self.open.last_mut() {
            open.after_colon = true;
        }
    }

    /// Returns true if the next string is a key.
    fn expects_key(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| matches!(open.step, Step::Key(_)) && !open.after_colon)
    }

    fn skip_spaces(&mut self) {
        while matches!(self.json.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }
}

/// Where a string ends that begins here, with its quote.
pub(super) fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match json.get(at) {
            None => return json.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// Where a string, a number, a boolean or null ends that begins here.
pub(super) fn end_of_scalar(json: &[u8], start: usize) -> usize {
    if json.get(start) == Some(&b'"') {
        return end_of_string(json, start);
    }
    let rest = json.get(start..).unwrap_or_default();
    let is_end = |byte: &u8| {
        matches!(
            byte,
            b',' | b'}' | b']' | b':' | b' ' | b'\n' | b'\r' | b'\t'
        )
    };
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    start + length.max(1)
}
