//! From numbers to SVG text. Colors and fonts come from the page's style sheet, through classes.

use std::fmt::Write;

use super::geometry::{Mark, PlacedFrame, PlacedNode, PlacedStage, Rect, round};
use super::layout::Layout;
use super::measure::{HEADING_LINE, MARGIN, NAME_LINE, NUMBER, PADDING, SMALL_LINE};
use super::route::{Bend, Route, RouteKind};
use super::{Flow, FrameKind, Picture, Shape};
use crate::emit::badge_image::text::{escaped, is_right_to_left};

/// Smaller than this its texts would be hard to read.
const LEAST_SCALE: f64 = 0.85;
/// The length of an arrow's head.
const HEAD: f64 = 7.0;

/// Draws a layout.
pub fn draw(picture: &Picture, layout: &Layout, flow: Flow, id: &str) -> String {
    let mut out = String::with_capacity(1024 + 400 * layout.nodes.len());
    let style = match flow {
        // Shrinks a little to fit the page, and is scrolled beyond that.
        Flow::Across => format!(
            " style=\"max-width:max(100%,{}px)\"",
            (layout.width * LEAST_SCALE).ceil()
        ),
        Flow::Down => String::new(),
    };
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\"{style} role=\"img\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" aria-labelledby=\"{id}-title {id}-text\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-text\">{}</desc>\n",
        escaped(&picture.title),
        escaped(&picture.description),
        w = layout.width,
        h = layout.height,
    );
    for (index, one) in layout.stages.iter().enumerate() {
        stage(&mut out, one, index + 1);
    }
    for one in &layout.frames {
        frame(&mut out, one);
    }
    for one in &layout.routes {
        route(&mut out, one);
    }
    for one in &layout.nodes {
        node(&mut out, one);
    }
    out.push_str("</svg>\n");
    out
}

fn stage(out: &mut String, stage: &PlacedStage, number: usize) {
    rect(out, "d-stage", stage.rect, 10.0);
    let (x, y) = (stage.rect.x + PADDING, stage.rect.y + PADDING);
    let _ = writeln!(
        out,
        "<circle class=\"d-number\" cx=\"{}\" cy=\"{}\" r=\"10.5\"/><text class=\"d-number\" x=\"{}\" y=\"{}\">{number}</text>",
        round(x + 10.5),
        round(y + 9.5),
        round(x + 10.5),
        round(y + 13.7),
    );
    let room = Rect {
        x: x + NUMBER,
        y,
        width: stage.rect.width - 2.0 * PADDING - NUMBER,
        height: 0.0,
    };
    text(
        out,
        "d-heading",
        &stage.heading,
        room,
        y + 14.5,
        HEADING_LINE,
    );
}

fn frame(out: &mut String, frame: &PlacedFrame) {
    let class = match frame.kind {
        FrameKind::Choice => "d-frame d-choice",
        FrameKind::Threshold => "d-frame d-sum",
        FrameKind::Cap => "d-frame d-cap",
        FrameKind::All => "d-frame d-all",
        FrameKind::Set => "d-frame d-set",
    };
    let radius = match frame.kind {
        FrameKind::Choice => 12.0,
        FrameKind::Threshold | FrameKind::Cap | FrameKind::All | FrameKind::Set => 4.0,
    };
    rect(out, class, frame.rect, radius);
    let room = Rect {
        x: frame.rect.x + frame.inset,
        width: frame.rect.width - 2.0 * frame.inset,
        ..frame.rect
    };
    text(
        out,
        "d-label",
        &frame.label,
        room,
        frame.rect.y + 16.5,
        SMALL_LINE,
    );
}

fn node(out: &mut String, node: &PlacedNode) {
    let link = node.href.as_deref();
    if let Some(href) = link {
        let _ = write!(out, "<a href=\"{}\" tabindex=\"-1\">", escaped(href));
    }
    let _ = write!(out, "<title>{}</title>", escaped(&node.title));
    outline(out, node);
    let room = Rect {
        x: node.rect.x
            + MARGIN
            + match (node.shape, node.mark) {
                (_, Mark::Exit) => 0.0,
                (Shape::Skill, _) => 5.0,
                (Shape::Credential | Shape::Judgement | Shape::More, _) => 0.0,
            },
        width: node.rect.width - 2.0 * MARGIN,
        ..node.rect
    };
    let mut y = node.rect.y + 20.0;
    if let Some(tag) = node.tag {
        text(out, "d-tag", &[tag.to_owned()], room, y - 1.0, SMALL_LINE);
        y += SMALL_LINE;
    }
    let class = match node.shape {
        Shape::Credential => "d-name",
        Shape::Skill | Shape::Judgement | Shape::More => "d-words",
    };
    text(out, class, &node.name, room, y, NAME_LINE);
    y += NAME_LINE * node.name.len() as f64 - 0.5;
    text(out, "d-small", &node.small, room, y, SMALL_LINE);
    if link.is_some() {
        out.push_str("</a>");
    }
    out.push('\n');
}

/// The shape of a box: a skill has cut corners, words have a folded one, an off-ramp points outward.
fn outline(out: &mut String, node: &PlacedNode) {
    let Rect { x, y, .. } = node.rect;
    let (right, bottom) = (node.rect.right(), node.rect.bottom());
    match (node.shape, node.mark) {
        (_, Mark::Exit) => {
            let tip = round(y + node.rect.height / 2.0);
            let shoulder = round(right - 10.0);
            let _ = write!(
                out,
                "<path class=\"d-box d-exit\" d=\"M{x} {y}H{shoulder}L{right} {tip}L{shoulder} {bottom}H{x}Z\"/>",
            );
        }
        (_, Mark::Goal) => {
            rect(out, "d-box d-goal", node.rect, 7.0);
            let inner = Rect {
                x: round(x + 3.5),
                y: round(y + 3.5),
                width: round(node.rect.width - 7.0),
                height: round(node.rect.height - 7.0),
            };
            rect(out, "d-goal-line", inner, 4.5);
        }
        (Shape::Credential, Mark::None) => rect(out, "d-box", node.rect, 7.0),
        (Shape::More, Mark::None) => rect(out, "d-box d-more", node.rect, 7.0),
        (Shape::Skill, Mark::None) => {
            let (a, b) = (round(x + 10.0), round(right - 10.0));
            let middle = round(y + node.rect.height / 2.0);
            let _ = write!(
                out,
                "<path class=\"d-box d-skill\" d=\"M{a} {y}H{b}L{right} {middle}L{b} {bottom}H{a}L{x} {middle}Z\"/>",
            );
        }
        (Shape::Judgement, Mark::None) => {
            let (fold, down) = (round(right - 11.0), round(y + 11.0));
            let _ = write!(
                out,
                "<path class=\"d-box d-judgement\" d=\"M{x} {y}H{fold}L{right} {down}V{bottom}H{x}Z\"/><path class=\"d-fold\" d=\"M{fold} {y}V{down}H{right}\"/>",
            );
        }
    }
}

fn rect(out: &mut String, class: &str, rect: Rect, radius: f64) {
    let _ = writeln!(
        out,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\"/>",
        rect.x, rect.y, rect.width, rect.height,
    );
}

/// Lines of text; in scripts that run from right to left they start at the right.
fn text(out: &mut String, class: &str, lines: &[String], room: Rect, first: f64, step: f64) {
    let mut y = first;
    for line in lines {
        let (x, direction) = if is_right_to_left(line) {
            (room.right(), " direction=\"rtl\"")
        } else {
            (room.x, "")
        };
        let _ = write!(
            out,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\"{direction}>{}</text>",
            round(x),
            round(y),
            escaped(line),
        );
        y += step;
    }
}

fn route(out: &mut String, route: &Route) {
    let class = match route.kind {
        RouteKind::Order => "d-order",
        RouteKind::Need => "d-need",
        RouteKind::Alternative => "d-need d-alternative",
    };
    let points = &route.points;
    let (Some(&(start_x, start_y)), Some(&(end_x, end_y))) = (points.first(), points.last()) else {
        return;
    };
    let toward = match (route.bend, points.get(points.len().saturating_sub(2))) {
        (Bend::Down, _) => (0.0, 1.0),
        (Bend::Across | Bend::Corners, Some(&(before, _))) if before > end_x => (-1.0, 0.0),
        (Bend::Across | Bend::Corners, _) => (1.0, 0.0),
    };
    // The line ends inside the head.
    let stop = (
        end_x - toward.0 * (HEAD - 1.0),
        end_y - toward.1 * (HEAD - 1.0),
    );
    let mut path = format!("M{start_x} {start_y}");
    let mut last = (start_x, start_y);
    for (index, &point) in points.iter().enumerate().skip(1) {
        let is_last = index + 1 == points.len();
        let to = if is_last { stop } else { point };
        match route.bend {
            Bend::Across => bend(&mut path, last, to, false),
            Bend::Down => bend(&mut path, last, to, true),
            Bend::Corners => corner(&mut path, last, to, points.get(index + 1).copied()),
        }
        last = to;
    }
    let (x, y) = (end_x, end_y);
    let (back_x, back_y) = (x - toward.0 * HEAD, y - toward.1 * HEAD);
    let (side_x, side_y) = (toward.1 * HEAD * 0.55, toward.0 * HEAD * 0.55);
    let _ = writeln!(
        out,
        "<g class=\"{class}\"><path d=\"{path}\"/><path class=\"d-head\" d=\"M{x} {y}L{} {}L{} {}Z\"/></g>",
        round(back_x + side_x),
        round(back_y + side_y),
        round(back_x - side_x),
        round(back_y - side_y),
    );
}

fn bend(path: &mut String, from: (f64, f64), to: (f64, f64), upright: bool) {
    let _ = if (from.1 - to.1).abs() < 0.1 && !upright || (from.0 - to.0).abs() < 0.1 && upright {
        write!(path, "L{} {}", round(to.0), round(to.1))
    } else if upright {
        let half = round(f64::midpoint(from.1, to.1));
        write!(
            path,
            "C{} {half} {} {half} {} {}",
            round(from.0),
            round(to.0),
            round(to.0),
            round(to.1)
        )
    } else {
        let half = round(f64::midpoint(from.0, to.0));
        write!(
            path,
            "C{half} {} {half} {} {} {}",
            round(from.1),
            round(to.1),
            round(to.0),
            round(to.1)
        )
    };
}

/// A straight line, with a round corner where another follows.
fn corner(path: &mut String, from: (f64, f64), to: (f64, f64), next: Option<(f64, f64)>) {
    let Some(next) = next else {
        let _ = write!(path, "L{} {}", round(to.0), round(to.1));
        return;
    };
    let radius = |one: f64, other: f64| (one - other).abs().min(8.0) / 2.0;
    let shorter = |from: (f64, f64), to: (f64, f64)| {
        let (dx, dy) = (radius(from.0, to.0), radius(from.1, to.1));
        (
            to.0 - dx * (to.0 - from.0).signum(),
            to.1 - dy * (to.1 - from.1).signum(),
        )
    };
    let before = shorter(from, to);
    let after = shorter(next, to);
    let _ = write!(
        path,
        "L{} {}Q{} {} {} {}",
        round(before.0),
        round(before.1),
        round(to.0),
        round(to.1),
        round(after.0),
        round(after.1)
    );
}
