//! The one place that knows the layered-graph library: stages and goals as nodes of a graph, their order as its edges.
//!
//! Goes in: how high each stage and goal is. Comes out: where each stands, and the points at which arrows pass the columns
//! that lie between their ends. The library gets a simple graph without circles: what would close one is left to straight
//! arrows. Beyond [`MOST_UNITS`] the stages simply follow each other, so that no input takes long.
//!
//! The library is `dagre`: it takes sizes of nodes, routes edges around them, and gave the same numbers for 5,000 random graphs
//! with circles and loops, without a panic. (Its clusters leave no room for headings, so stages are measured by
//! [`super::measure`] and enter as single nodes.)

use std::collections::{BTreeMap, BTreeSet};

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::geometry::Rect;
use super::{Flow, Part, Picture};

/// More stages and goals than this are not given to the library, whose work grows with the square of their number.
const MOST_UNITS: usize = 120;

/// The space between columns, and between neighbors in one.
const BETWEEN_COLUMNS: f64 = 40.0;
const BETWEEN_ROWS: f64 = 34.0;
const BETWEEN_NEIGHBORS: f64 = 24.0;
const BETWEEN_ARROWS: f64 = 14.0;

/// Where stages and goals stand: units are the stages, then the goals.
#[derive(Debug)]
pub struct Arranged {
    rects: Vec<Rect>,
    /// Points inside the ways of arrows between two units, from the first to the second.
    ways: BTreeMap<(usize, usize), Vec<(f64, f64)>>,
    /// The order of stages and goals, as pairs of units.
    pub order: Vec<(usize, usize)>,
}

impl Arranged {
    /// The place of a unit.
    pub fn rect(&self, unit: usize) -> Rect {
        self.rects.get(unit).copied().unwrap_or_default()
    }

    /// All places.
    pub fn rects(&self) -> &[Rect] {
        &self.rects
    }

    /// The points on the way between two units.
    pub fn way(&self, from: usize, to: usize) -> &[(f64, f64)] {
        self.ways.get(&(from, to)).map_or(&[], Vec::as_slice)
    }
}

/// Arranges stages and goals of these heights, all of one width.
pub fn arrange(picture: &Picture, heights: &[f64], width: f64, flow: Flow) -> Arranged {
    let count = heights.len();
    let order = order(picture, count);
    let sequence = sequence(count, &order);
    let position = |unit: usize| sequence.iter().position(|&one| one == unit).unwrap_or(0);
    let mut edges: BTreeSet<(usize, usize)> = order.iter().copied().collect();
    match flow {
        Flow::Across => edges.extend(lifted(picture)),
        // One below the other, whatever their order leaves open.
        Flow::Down => edges.extend(sequence.windows(2).filter_map(|pair| match pair {
            &[one, next] => Some((one, next)),
            _ => None,
        })),
    }
    if count <= MOST_UNITS {
        edges.retain(|&(from, to)| from < count && to < count && position(from) < position(to));
    } else {
        edges.clear();
    }
    let (mut rects, ways) = if count <= MOST_UNITS {
        by_library(heights, width, flow, &edges)
    } else {
        (
            one_after_the_other(heights, width, flow, &sequence),
            BTreeMap::new(),
        )
    };
    if flow == Flow::Down {
        // One below the other: what the library leaves beside them for arrows is not needed there.
        for rect in &mut rects {
            rect.x = 0.0;
        }
    }
    Arranged { rects, ways, order }
}

/// What comes before what: as written, and what nothing follows comes before the goals.
fn order(picture: &Picture, count: usize) -> Vec<(usize, usize)> {
    let stages = picture.stages.len();
    let mut order = BTreeSet::new();
    let mut is_followed = vec![false; stages];
    for (stage, one) in picture.stages.iter().enumerate() {
        for &before in &one.after {
            if before != stage && before < stages {
                order.insert((before, stage));
                if let Some(followed) = is_followed.get_mut(before) {
                    *followed = true;
                }
            }
        }
    }
    if !is_followed.contains(&false)
        && let Some(last) = is_followed.last_mut()
    {
        // Stages in a circle: the last one written leads on.
        *last = false;
    }
    for goal in stages..count {
        for (stage, followed) in is_followed.iter().enumerate() {
            if !followed {
                order.insert((stage, goal));
            }
        }
    }
    order.into_iter().collect()
}

/// All units, each after what comes before it; circles are cut at their first unit as written.
fn sequence(count: usize, order: &[(usize, usize)]) -> Vec<usize> {
    let mut waits = vec![0_usize; count];
    let mut then: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(from, to) in order {
        if let (Some(then), Some(waits)) = (then.get_mut(from), waits.get_mut(to)) {
            then.push(to);
            *waits += 1;
        }
    }
    let mut left: BTreeSet<usize> = (0..count).collect();
    let mut ready: BTreeSet<usize> = left
        .iter()
        .copied()
        .filter(|&unit| waits.get(unit) == Some(&0))
        .collect();
    let mut sequence = Vec::with_capacity(count);
    while let Some(next) = ready.pop_first().or_else(|| left.first().copied()) {
        if !left.remove(&next) {
            continue;
        }
        sequence.push(next);
        for &unit in then.get(next).into_iter().flatten() {
            if let Some(waits) = waits.get_mut(unit) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 && left.contains(&unit) {
                    ready.insert(unit);
                }
            }
        }
    }
    sequence
}

/// Prerequisites between credentials of different stages, as pairs of units.
fn lifted(picture: &Picture) -> BTreeSet<(usize, usize)> {
    let mut homes: BTreeMap<u32, usize> = BTreeMap::new();
    for (unit, stage) in picture.stages.iter().enumerate() {
        for key in stage.exits.iter().filter_map(|exit| exit.key) {
            homes.entry(key).or_insert(unit);
        }
        let mut open: Vec<&Part> = stage.parts.iter().collect();
        while let Some(part) = open.pop() {
            match part {
                Part::Node(node) => {
                    if let Some(key) = node.key {
                        homes.entry(key).or_insert(unit);
                    }
                }
                Part::Frame(frame) => open.extend(&frame.parts),
            }
        }
    }
    picture
        .needs
        .iter()
        .filter_map(|need| {
            let pair = (*homes.get(&need.from)?, *homes.get(&need.to)?);
            (pair.0 != pair.1).then_some(pair)
        })
        .collect()
}

type Placed = (Vec<Rect>, BTreeMap<(usize, usize), Vec<(f64, f64)>>);

fn by_library(heights: &[f64], width: f64, flow: Flow, edges: &BTreeSet<(usize, usize)>) -> Placed {
    if heights.is_empty() {
        return (Vec::new(), BTreeMap::new());
    }
    let mut graph = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: false,
        compound: false,
    });
    for (unit, &height) in heights.iter().enumerate() {
        let label = NodeLabel {
            width,
            height,
            ..NodeLabel::default()
        };
        graph.set_node(unit.to_string(), Some(label));
    }
    for &(from, to) in edges {
        // Neighbors in the sequence stand straight below each other.
        let weight = if from + 1 == to { 4 } else { 1 };
        let label = EdgeLabel {
            weight,
            ..EdgeLabel::default()
        };
        graph.set_edge(from.to_string(), to.to_string(), Some(label), None);
    }
    let (rankdir, ranksep) = match flow {
        Flow::Across => (RankDir::LR, BETWEEN_COLUMNS),
        Flow::Down => (RankDir::TB, BETWEEN_ROWS),
    };
    let options = LayoutOptions {
        rankdir,
        ranksep,
        nodesep: BETWEEN_NEIGHBORS,
        edgesep: BETWEEN_ARROWS,
        // Of orders that cross as often, the first is nearest to the order of writing.
        tie_keep_first: true,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    let rects = heights
        .iter()
        .enumerate()
        .map(|(unit, &height)| {
            let node = graph.node(&unit.to_string());
            let (x, y) = node.map_or((0.0, 0.0), |node| {
                (node.x.unwrap_or(0.0), node.y.unwrap_or(0.0))
            });
            Rect {
                x: x - width / 2.0,
                y: y - height / 2.0,
                width,
                height,
            }
        })
        .collect();
    let ways = edges
        .iter()
        .filter_map(|&(from, to)| {
            let edge = graph.edge(&from.to_string(), &to.to_string(), None)?;
            let points: Vec<(f64, f64)> =
                edge.points.iter().map(|point| (point.x, point.y)).collect();
            // The ends lie on the borders; arrows have ends of their own.
            let inner = points.get(1..points.len().saturating_sub(1))?;
            Some(((from, to), inner.to_vec()))
        })
        .collect();
    (rects, ways)
}

fn one_after_the_other(heights: &[f64], width: f64, flow: Flow, sequence: &[usize]) -> Vec<Rect> {
    let mut rects = vec![Rect::default(); heights.len()];
    let mut next = 0.0;
    for &unit in sequence {
        let height = heights.get(unit).copied().unwrap_or(0.0);
        if let Some(rect) = rects.get_mut(unit) {
            *rect = match flow {
                Flow::Across => Rect {
                    x: next,
                    y: 0.0,
                    width,
                    height,
                },
                Flow::Down => Rect {
                    x: 0.0,
                    y: next,
                    width,
                    height,
                },
            };
        }
        next += match flow {
            Flow::Across => width + BETWEEN_COLUMNS,
            Flow::Down => height + BETWEEN_ROWS,
        };
    }
    rects
}
