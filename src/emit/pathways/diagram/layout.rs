//! Where everything stands: the layout of a picture as numbers, without a word about how it is drawn.
//!
//! Goes in: a picture and a flow. Comes out: rectangles, texts in lines, and the points that arrows pass. The order of stages
//! and the ways of the arrows around them are the layered-graph library's work ([`super::arrange`]).

use super::arrange::{self, Arranged};
use super::geometry::{Mark, PlacedFrame, PlacedNode, PlacedStage, round};
use super::measure::{self, Inside, Room, Widths};
use super::route::{self, Route};
use super::{Flow, Picture};

/// Around everything.
const EDGE: f64 = 6.0;

/// A whole drawing as numbers.
#[derive(Debug, Clone)]
pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub stages: Vec<PlacedStage>,
    pub frames: Vec<PlacedFrame>,
    /// Boxes of stages, in order, then the goals that stand alone.
    pub nodes: Vec<PlacedNode>,
    pub routes: Vec<Route>,
}

/// Lays a picture out.
#[must_use]
pub fn layout(picture: &Picture, flow: Flow) -> Layout {
    let lanes = match flow {
        Flow::Across => route::lanes(picture),
        Flow::Down => 0,
    };
    let widths = measure::widths(picture, flow, lanes);
    let insides: Vec<Inside> = picture
        .stages
        .iter()
        .map(|stage| measure::stage(stage, widths, picture.words))
        .collect();
    let goals = goals(picture, widths);
    let heights: Vec<f64> = insides
        .iter()
        .map(|inside| inside.height)
        .chain(goals.iter().map(|goal| goal.rect.height))
        .collect();
    let arranged = arrange::arrange(picture, &heights, widths.stage, flow);
    put_together(picture, insides, goals, &arranged, flow)
}

fn goals(picture: &Picture, widths: Widths) -> Vec<PlacedNode> {
    let strip = Room {
        left: 0.0,
        width: widths.stage,
        inset: 0.0,
        flow: widths.flow,
        words: picture.words,
    };
    picture
        .goals
        .iter()
        .map(|goal| measure::node(goal, Mark::Goal, strip, 0.0))
        .collect()
}

fn put_together(
    picture: &Picture,
    insides: Vec<Inside>,
    goals: Vec<PlacedNode>,
    arranged: &Arranged,
    flow: Flow,
) -> Layout {
    let mut layout = Layout {
        width: 0.0,
        height: 0.0,
        stages: Vec::with_capacity(insides.len()),
        frames: Vec::new(),
        nodes: Vec::new(),
        routes: Vec::new(),
    };
    let mut homes = Vec::new();
    for (unit, inside) in insides.into_iter().enumerate() {
        let rect = arranged.rect(unit);
        layout.stages.push(PlacedStage {
            rect: rect.moved(0.0, 0.0),
            heading: inside.heading,
        });
        for mut frame in inside.frames {
            frame.rect = frame.rect.moved(rect.x, rect.y);
            layout.frames.push(frame);
        }
        for mut node in inside.nodes {
            node.rect = node.rect.moved(rect.x, rect.y);
            layout.nodes.push(node);
            homes.push(unit);
        }
    }
    for (index, mut goal) in goals.into_iter().enumerate() {
        let unit = picture.stages.len() + index;
        let rect = arranged.rect(unit);
        goal.rect = goal.rect.moved(rect.x, rect.y);
        layout.nodes.push(goal);
        homes.push(unit);
    }
    layout.routes = route::routes(picture, arranged, &layout.nodes, &homes, flow);
    layout.close();
    layout
}

impl Layout {
    /// Moves everything so that the drawing starts at its corner, and takes its size.
    fn close(&mut self) {
        let (mut left, mut top) = (f64::MAX, f64::MAX);
        let (mut right, mut bottom) = (0.0_f64, 0.0_f64);
        let rects = self.stages.iter().map(|stage| stage.rect);
        for rect in rects.chain(self.nodes.iter().map(|node| node.rect)) {
            left = left.min(rect.x);
            top = top.min(rect.y);
            right = right.max(rect.right());
            bottom = bottom.max(rect.bottom());
        }
        for &(x, y) in self.routes.iter().flat_map(|route| &route.points) {
            left = left.min(x);
            top = top.min(y);
            right = right.max(x);
            bottom = bottom.max(y);
        }
        if left == f64::MAX {
            (left, top) = (0.0, 0.0);
        }
        let (x, y) = (EDGE - left, EDGE - top);
        for stage in &mut self.stages {
            stage.rect = stage.rect.moved(x, y);
        }
        for frame in &mut self.frames {
            frame.rect = frame.rect.moved(x, y);
        }
        for node in &mut self.nodes {
            node.rect = node.rect.moved(x, y);
        }
        for point in self.routes.iter_mut().flat_map(|route| &mut route.points) {
            *point = (round(point.0 + x), round(point.1 + y));
        }
        self.width = (right + x + EDGE).ceil();
        self.height = (bottom + y + EDGE).ceil();
    }
}
