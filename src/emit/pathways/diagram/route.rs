//! The ways of arrows: the order of stages, and prerequisites between boxes.
//!
//! Goes in: places of stages and boxes, and the library's points between them. Comes out: points for each arrow, the last of
//! which is its head. Arrows run straight through the space that the library left for them beside stages, and bend between
//! columns only.

use std::collections::{BTreeMap, BTreeSet};

use super::arrange::Arranged;
use super::geometry::PlacedNode;
use super::{Flow, Need, Part, Picture};

/// The most arrows side by side within a stage; more share the last way.
const MOST_LANES: usize = 6;

/// What an arrow says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteKind {
    /// A stage comes before another.
    Order,
    /// A credential is needed for another.
    Need,
    /// It is one of several ways to meet what another needs.
    Alternative,
}

/// How the points of an arrow are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bend {
    /// Bends that start and end level.
    Across,
    /// Bends that start and end upright.
    Down,
    /// Around corners.
    Corners,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub kind: RouteKind,
    pub bend: Bend,
    pub points: Vec<(f64, f64)>,
}

/// How many arrows run side by side in the stage that has the most inside.
pub fn lanes(picture: &Picture) -> usize {
    let mut most = 0;
    for stage in &picture.stages {
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        let mut next = 0;
        for part in &stage.parts {
            number(part, &mut places, &mut next);
        }
        for exit in &stage.exits {
            if let Some(key) = exit.key {
                places.entry(key).or_insert(next);
            }
            next += 1;
        }
        let spans: Vec<(usize, usize)> = picture
            .needs
            .iter()
            .filter_map(|need| Some((*places.get(&need.from)?, *places.get(&need.to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        most = most.max(
            assign(&spans)
                .into_iter()
                .map(|lane| lane + 1)
                .max()
                .unwrap_or(0),
        );
    }
    most
}

fn number(part: &Part, places: &mut BTreeMap<u32, usize>, next: &mut usize) {
    match part {
        Part::Node(node) => {
            if let Some(key) = node.key {
                places.entry(key).or_insert(*next);
            }
            *next += 1;
        }
        Part::Frame(frame) => {
            for part in &frame.parts {
                number(part, places, next);
            }
        }
    }
}

/// The lane of each span, so that spans that overlap run beside each other; short spans run nearest.
fn assign(spans: &[(usize, usize)]) -> Vec<usize> {
    let extent = |&(from, to): &(usize, usize)| (from.min(to), from.max(to));
    let mut by_length: Vec<usize> = (0..spans.len()).collect();
    by_length.sort_by_key(|&index| {
        let (low, high) = spans.get(index).map_or((0, 0), extent);
        (high - low, low, index)
    });
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut lanes = vec![0; spans.len()];
    for index in by_length {
        let (low, high) = spans.get(index).map_or((0, 0), extent);
        let free = taken
            .iter()
            .position(|lane| lane.iter().all(|&(start, end)| high < start || end < low))
            .unwrap_or(taken.len())
            .min(MOST_LANES - 1);
        if free >= taken.len() {
            taken.push(Vec::new());
        }
        if let Some(lane) = taken.get_mut(free) {
            lane.push((low, high));
        }
        if let Some(lane) = lanes.get_mut(index) {
            *lane = free;
        }
    }
    lanes
}

/// The arrows of a drawing. `homes` says in which unit each box stands.
pub fn routes(
    picture: &Picture,
    arranged: &Arranged,
    nodes: &[PlacedNode],
    homes: &[usize],
    flow: Flow,
) -> Vec<Route> {
    let mut routes = Vec::new();
    match flow {
        Flow::Across => {
            needs(picture, arranged, nodes, homes, &mut routes);
            for &(from, to) in &arranged.order {
                let (start, end) = (arranged.rect(from), arranged.rect(to));
                let mut points = vec![(start.right(), start.middle().1)];
                between(arranged, (from, to), &mut points);
                points.push((end.x, end.middle().1));
                routes.push(Route {
                    kind: RouteKind::Order,
                    bend: Bend::Across,
                    points,
                });
            }
        }
        Flow::Down => down(arranged, &mut routes),
    }
    routes
}

/// The order of stages that stand below each other: straight to the next, past the others on the right.
fn down(arranged: &Arranged, routes: &mut Vec<Route>) {
    let mut by_height: Vec<usize> = (0..arranged.rects().len()).collect();
    by_height.sort_by(|&one, &other| arranged.rect(one).y.total_cmp(&arranged.rect(other).y));
    let place = |unit: usize| by_height.iter().position(|&one| one == unit).unwrap_or(0);
    let spans: Vec<(usize, usize)> = arranged
        .order
        .iter()
        .map(|&(from, to)| (place(from), place(to)))
        .collect();
    let passing: Vec<(usize, usize)> = spans
        .iter()
        .copied()
        .filter(|&(from, to)| from + 1 != to)
        .collect();
    let mut lanes = assign(&passing).into_iter();
    for (&(from, to), &(start_place, end_place)) in arranged.order.iter().zip(&spans) {
        let (start, end) = (arranged.rect(from), arranged.rect(to));
        let (bend, points) = if start_place + 1 == end_place {
            let (x, _) = start.middle();
            (Bend::Down, vec![(x, start.bottom()), (x, end.y)])
        } else {
            let lane = start.right() + 12.0 + 9.0 * lanes.next().unwrap_or(0) as f64;
            let (start_y, end_y) = (start.bottom() - 16.0, end.y + 22.0);
            let points = vec![
                (start.right(), start_y),
                (lane, start_y),
                (lane, end_y),
                (end.right(), end_y),
            ];
            (Bend::Corners, points)
        };
        routes.push(Route {
            kind: RouteKind::Order,
            bend,
            points,
        });
    }
}

/// The straight ways past the columns that stand between two units.
fn between(arranged: &Arranged, (from, to): (usize, usize), points: &mut Vec<(f64, f64)>) {
    let mut last = f64::NAN;
    for &(x, y) in arranged.way(from, to) {
        let mut columns = arranged.rects().iter();
        let beside = columns.find(|rect| rect.x < x && x < rect.right());
        if let Some(beside) = beside
            && beside.x != last
        {
            last = beside.x;
            points.extend([(beside.x, y), (beside.right(), y)]);
        }
    }
}

fn needs(
    picture: &Picture,
    arranged: &Arranged,
    nodes: &[PlacedNode],
    homes: &[usize],
    routes: &mut Vec<Route>,
) {
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        if let Some(key) = node.key {
            first.entry(key).or_insert(index);
        }
    }
    let mut within: BTreeMap<usize, Vec<(Need, usize, usize)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for need in &picture.needs {
        let (Some(&from), Some(&to)) = (first.get(&need.from), first.get(&need.to)) else {
            continue;
        };
        if from == to || !seen.insert((from, to)) {
            continue;
        }
        let (Some(&home), Some(&other)) = (homes.get(from), homes.get(to)) else {
            continue;
        };
        let (Some(start), Some(end)) = (nodes.get(from), nodes.get(to)) else {
            continue;
        };
        if home == other {
            within.entry(home).or_default().push((*need, from, to));
            continue;
        }
        let (left, right) = (arranged.rect(home), arranged.rect(other));
        let forward = left.right() <= right.x;
        let same_column = left.x == right.x;
        let (start_y, end_y) = (start.rect.middle().1, end.rect.middle().1);
        let points = if same_column {
            let lane = left.x - 10.0;
            vec![
                (start.rect.x, start_y),
                (lane, start_y),
                (lane, end_y),
                (end.rect.x, end_y),
            ]
        } else if forward {
            let mut points = vec![(start.rect.right(), start_y), (left.right(), start_y)];
            between(arranged, (home, other), &mut points);
            points.extend([(right.x, end_y), (end.rect.x, end_y)]);
            points
        } else {
            vec![
                (start.rect.x, start_y),
                (left.x, start_y),
                (right.right(), end_y),
                (end.rect.right(), end_y),
            ]
        };
        routes.push(Route {
            kind: kind(*need),
            bend: if same_column {
                Bend::Corners
            } else {
                Bend::Across
            },
            points,
        });
    }
    for (home, needs) in within {
        let spans: Vec<(usize, usize)> = needs.iter().map(|&(_, from, to)| (from, to)).collect();
        let lanes = assign(&spans);
        let left = arranged.rect(home).x + super::measure::PADDING;
        let count = lanes.iter().copied().max().unwrap_or(0);
        for (&(need, from, to), lane) in needs.iter().zip(lanes) {
            let (Some(start), Some(end)) = (nodes.get(from), nodes.get(to)) else {
                continue;
            };
            // Leaves below the middle and arrives above it, so that arrows of a chain do not touch.
            let lane = left + 8.0 * (count - lane) as f64;
            let step = if start.rect.y < end.rect.y { 5.0 } else { -5.0 };
            let (start_y, end_y) = (start.rect.middle().1 + step, end.rect.middle().1 - step);
            routes.push(Route {
                kind: kind(need),
                bend: Bend::Corners,
                points: vec![
                    (start.rect.x, start_y),
                    (lane, start_y),
                    (lane, end_y),
                    (end.rect.x, end_y),
                ],
            });
        }
    }
}

fn kind(need: Need) -> RouteKind {
    if need.alternative {
        RouteKind::Alternative
    } else {
        RouteKind::Need
    }
}
