//! Positions of the panes by the terminal's size. Pure.

use ratatui::layout::Rect;

/// From this width on, the detail is beside the outline.
pub const WIDE: u16 = 100;
/// Below this width or [`LOW`] rows there is room for only one pane.
pub const SLIM: u16 = 60;
/// See [`SLIM`].
pub const LOW: u16 = 15;

/// The panes; those without room are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The title and the rate.
    pub header: Rect,
    /// The tree.
    pub outline: Rect,
    /// A row under the outline that counts what it does not show, unless the divider does.
    pub rest: Rect,
    /// Between outline and detail: vertical beside it, horizontal under it.
    pub divider: Rect,
    /// The detail of the node under the cursor.
    pub detail: Rect,
    /// A first-use tip above the footer.
    pub tip: Rect,
    /// Hints, notices, or the prompt.
    pub footer: Rect,
}

/// Returns the area above the footer.
pub fn above_footer((width, height): (u16, u16)) -> Rect {
    Rect::new(0, 0, width, height - u16::from(height >= 2))
}

/// Returns the footer; empty if there is only one row.
pub fn footer((width, height): (u16, u16)) -> Rect {
    let above = above_footer((width, height));
    Rect::new(0, above.height, width, height - above.height)
}

/// Returns the box of a prompt above the footer; on the lowest terminals it is the last row.
pub fn dock((width, height): (u16, u16)) -> Rect {
    let above = above_footer((width, height)).height;
    let rows = match height {
        ..8 => return Rect::new(0, height.saturating_sub(1), width, height.min(1)),
        8..14 => 3,
        14.. => 4,
    };
    Rect::new(0, above - rows, width, rows)
}

/// Returns the area of a box in the middle of an area, around an inside of this size as far as there
/// is room.
pub fn centred(area: Rect, width: usize, height: usize) -> Rect {
    let limit = |n: usize, most: u16| u16::try_from(n).unwrap_or(u16::MAX).min(most);
    let (w, h) = (limit(width + 4, area.width), limit(height + 2, area.height));
    let (x, y) = ((area.width - w) / 2, (area.height - h) / 2);
    Rect::new(area.x + x, area.y + y, w, h)
}

/// Returns the area between header and footer.
pub fn body((width, height): (u16, u16)) -> Rect {
    let header = u16::from(height >= 4);
    let footer = u16::from(height >= 2);
    Rect::new(0, header, width, height.saturating_sub(header + footer))
}

/// Returns an area's first row, for a title, and the rest.
pub fn under_title(area: Rect) -> (Rect, Rect) {
    let height = area.height.min(1);
    let rest = Rect {
        y: area.y + height,
        height: area.height - height,
        ..area
    };
    (Rect { height, ..area }, rest)
}

impl Panes {
    /// Returns the panes for a terminal size; if there is room for only one, an open detail takes
    /// it.
    pub fn of((width, height): (u16, u16), detail_open: bool) -> Self {
        let body = body((width, height));
        let mut panes = Self {
            header: Rect::new(0, 0, width, body.y),
            footer: Rect::new(0, body.bottom(), width, height - body.bottom()),
            ..Self::default()
        };
        if width >= WIDE && height >= 5 {
            panes.beside(body);
        } else if width < SLIM || height < LOW {
            let pane = if detail_open {
                &mut panes.detail
            } else {
                &mut panes.outline
            };
            *pane = body;
        } else {
            panes.under(body, detail_open);
        }
        panes
    }

    /// Returns the panes with a row for a tip, if there is room.
    #[must_use]
    pub fn with_tip(mut self) -> Self {
        let lowest = self.outline.bottom().max(self.detail.bottom());
        if self.footer.is_empty() || self.footer.width < 30 || lowest < 9 {
            return self;
        }
        for pane in [&mut self.outline, &mut self.divider, &mut self.detail] {
            if pane.bottom() == lowest && pane.height > 0 {
                pane.height -= 1;
            }
        }
        self.tip = Rect::new(0, lowest - 1, self.footer.width, 1);
        self
    }

    /// Returns the panes with a row that says how much of an outline of this length is hidden.
    #[must_use]
    pub const fn with_rest(mut self, rows: usize) -> Self {
        let outline = &mut self.outline;
        if self.divider.width > 1 || outline.height < 5 || rows <= outline.height as usize {
            return self;
        }
        outline.height -= 1;
        self.rest = Rect::new(outline.x, outline.y + outline.height, outline.width, 1);
        self
    }

    fn beside(&mut self, body: Rect) {
        // Text reads best at 25 to 40 Han characters per line; the rest goes to the outline.
        let detail = (body.width * 45 / 100).min(84);
        let left = body.width - detail;
        self.outline = Rect {
            width: left - 1,
            ..body
        };
        self.divider = Rect {
            x: left - 1,
            width: 1,
            ..body
        };
        self.detail = Rect {
            x: left,
            width: detail,
            ..body
        };
    }

    fn under(&mut self, body: Rect, detail_open: bool) {
        // An open clause has the numbered menu and is being worked on.
        let share = if detail_open { 65 } else { 40 };
        let detail = (body.height * share / 100).max(5);
        let top = body.height - detail - 1;
        self.outline = Rect {
            height: top,
            ..body
        };
        self.divider = Rect {
            y: body.y + top,
            height: 1,
            ..body
        };
        self.detail = Rect {
            y: body.y + top + 1,
            height: detail,
            ..body
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_never_overlap_nor_leave_the_screen() {
        for width in 0..=210 {
            for height in 0..=70 {
                for open in [false, true] {
                    let p = Panes::of((width, height), open);
                    let p = if (width + height) % 2 == 0 {
                        p.with_tip()
                    } else {
                        p
                    };
                    let p = if width % 3 == 0 { p.with_rest(40) } else { p };
                    let all = [
                        p.header, p.outline, p.rest, p.divider, p.detail, p.tip, p.footer,
                    ];
                    let screen = Rect::new(0, 0, width, height);
                    let area: u32 = all.iter().map(|r| r.area()).sum();
                    assert_eq!(area, screen.area(), "{width}x{height} {p:?}");
                    for (i, a) in all.iter().enumerate() {
                        assert!(
                            a.is_empty() || screen.union(*a) == screen,
                            "{width}x{height} {p:?}"
                        );
                        assert!(
                            all[..i].iter().all(|b| !a.intersects(*b)),
                            "{width}x{height} {p:?}"
                        );
                    }
                }
            }
        }
    }
}
