//! Layouts as numbers, and what must hold for every picture.

use std::fmt::Write;

use super::geometry::Rect;
use super::layout::Layout;
use super::{Flow, Frame, FrameKind, Need, Node, Part, Picture, Shape, Stage, Words, layout, svg};

fn node(key: u32, name: &str) -> Node {
    Node {
        key: Some(key),
        shape: Shape::Credential,
        name: name.to_owned(),
        detail: "Badge\u{a0}· 2 ECTS".to_owned(),
        needs: String::new(),
        href: Some(format!("../{key}/index.html")),
        is_goal: false,
    }
}

fn part(key: u32, name: &str) -> Part {
    Part::Node(node(key, name))
}

fn words(shape: Shape, name: &str) -> Part {
    Part::Node(Node {
        key: None,
        shape,
        href: None,
        detail: String::new(),
        ..node(0, name)
    })
}

fn frame(kind: FrameKind, label: &str, parts: Vec<Part>) -> Part {
    Part::Frame(Frame {
        kind,
        label: label.to_owned(),
        parts,
    })
}

fn stage(name: &str, after: &[usize], parts: Vec<Part>) -> Stage {
    Stage {
        name: name.to_owned(),
        after: after.to_vec(),
        parts,
        exits: Vec::new(),
    }
}

fn picture(stages: Vec<Stage>) -> Picture {
    Picture {
        title: "A pathway".to_owned(),
        description: "What it shows".to_owned(),
        stages,
        goals: vec![node(99, "The goal")],
        needs: Vec::new(),
        words: Words {
            goal: "Goal",
            exit: "Off-ramp",
        },
    }
}

fn single_choice() -> Picture {
    let choice = frame(
        FrameKind::Choice,
        "Any 2 of these",
        vec![
            part(1, "Dashboards"),
            part(2, "Infographics"),
            part(3, "Maps"),
        ],
    );
    let mut picture = picture(vec![
        stage("Read", &[], vec![part(0, "Chart Reader")]),
        stage("Craft", &[0], vec![choice]),
    ]);
    if let Some(stage) = picture.stages.get_mut(1) {
        stage.exits.push(node(4, "Data Crafter"));
    }
    picture.needs.push(Need {
        from: 0,
        to: 2,
        alternative: false,
    });
    picture
}

fn nested_choice() -> Picture {
    let inner = frame(
        FrameKind::All,
        "All of these",
        vec![
            part(1, "Cleaner"),
            frame(
                FrameKind::Choice,
                "Any one of these",
                vec![part(2, "A"), part(3, "B")],
            ),
        ],
    );
    let outer = frame(
        FrameKind::Choice,
        "Any one of these",
        vec![inner, part(4, "Other")],
    );
    picture(vec![stage("Handle", &[], vec![outer])])
}

fn threshold() -> Picture {
    let cap = frame(
        FrameKind::Cap,
        "Of which at most 1 ECTS from",
        vec![part(2, "A day")],
    );
    let set = frame(
        FrameKind::Set,
        "Electives",
        vec![part(1, "Ethics"), words(Shape::More, "30 more")],
    );
    let sum = frame(FrameKind::Threshold, "At least 6 ECTS from", vec![set, cap]);
    picture(vec![stage(
        "Deepen",
        &[],
        vec![
            sum,
            words(Shape::Skill, "Reading charts (Practitioner or above)"),
            words(
                Shape::Judgement,
                "An interview with the head of the programme",
            ),
        ],
    )])
}

fn cycle() -> Picture {
    let mut picture = picture(vec![
        stage("A", &[2], vec![part(0, "One"), part(1, "Two")]),
        stage("B", &[0], vec![part(2, "Three")]),
        stage("C", &[1, 2, 9], vec![part(3, "Four")]),
    ]);
    let need = |from, to| Need {
        from,
        to,
        alternative: true,
    };
    picture.needs = vec![
        need(0, 1),
        need(1, 0),
        need(0, 2),
        need(2, 0),
        need(3, 3),
        need(7, 8),
    ];
    picture
}

fn sixty() -> Picture {
    let mut picture = picture(
        (0..6)
            .map(|stage_number| {
                let parts = (0..10)
                    .map(|index| {
                        let key = stage_number * 10 + index;
                        part(key, &format!("Credential number {key}"))
                    })
                    .collect();
                let after: Vec<usize> = if stage_number == 0 {
                    Vec::new()
                } else {
                    vec![stage_number as usize - 1, 0]
                };
                stage(&format!("Stage {stage_number}"), &after, parts)
            })
            .collect(),
    );
    picture.needs = (0..59)
        .map(|from| Need {
            from,
            to: (from * 7 + 3) % 60,
            alternative: from % 3 == 0,
        })
        .collect();
    picture
}

/// A layout in lines that a person can compare.
fn shown(layout: &Layout) -> String {
    let mut out = format!("{} x {}\n", layout.width, layout.height);
    let rect = |rect: &Rect| format!("{},{} {}x{}", rect.x, rect.y, rect.width, rect.height);
    for stage in &layout.stages {
        let _ = writeln!(
            out,
            "stage {} {}",
            rect(&stage.rect),
            stage.heading.join(" / ")
        );
    }
    for frame in &layout.frames {
        let label = frame.label.join(" / ");
        let _ = writeln!(out, "{:?} {} {label}", frame.kind, rect(&frame.rect));
    }
    for node in &layout.nodes {
        let text = [node.name.join(" / "), node.small.join(" / ")].join(" | ");
        let _ = writeln!(
            out,
            "{:?} {:?} {} {text}",
            node.shape,
            node.mark,
            rect(&node.rect)
        );
    }
    for route in &layout.routes {
        let points: Vec<String> = route
            .points
            .iter()
            .map(|(x, y)| format!("{x},{y}"))
            .collect();
        let _ = writeln!(
            out,
            "{:?} {:?} {}",
            route.kind,
            route.bend,
            points.join(" ")
        );
    }
    out
}

fn snapshot(name: &str, picture: &Picture) {
    let across = shown(&layout(picture, Flow::Across));
    let down = shown(&layout(picture, Flow::Down));
    insta::assert_snapshot!(name, format!("ACROSS {across}\nDOWN {down}"));
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom()
        && other.y < one.bottom()
}

/// What holds for every drawing.
fn holds(picture: &Picture, flow: Flow) {
    let layout = layout(picture, flow);
    let inside = |rect: &Rect| {
        rect.x >= 0.0
            && rect.y >= 0.0
            && rect.right() <= layout.width
            && rect.bottom() <= layout.height
    };
    for (index, node) in layout.nodes.iter().enumerate() {
        assert!(inside(&node.rect), "{node:?}");
        for other in layout.nodes.iter().skip(index + 1) {
            assert!(!overlap(&node.rect, &other.rect), "{node:?}\n{other:?}");
        }
    }
    for (index, stage) in layout.stages.iter().enumerate() {
        for other in layout.stages.iter().skip(index + 1) {
            assert!(!overlap(&stage.rect, &other.rect), "{stage:?}\n{other:?}");
        }
    }
    for route in &layout.routes {
        for &(x, y) in &route.points {
            assert!(
                x.is_finite() && (0.0..=layout.width).contains(&x),
                "{route:?}"
            );
            assert!(
                y.is_finite() && (0.0..=layout.height).contains(&y),
                "{route:?}"
            );
        }
    }
    let one = svg(picture, flow, "a");
    assert_eq!(one, svg(picture, flow, "a"));
    assert!(!one.contains("NaN") && !one.contains("inf"), "{one}");
    if flow == Flow::Down {
        assert!(
            layout.width <= 420.0,
            "{} is too wide for a phone",
            layout.width
        );
    }
}

#[test]
fn a_choice() {
    snapshot("a_choice", &single_choice());
}

#[test]
fn choices_nest() {
    snapshot("choices_nest", &nested_choice());
}

#[test]
fn a_threshold_with_a_cap_a_set_and_other_shapes() {
    snapshot("a_threshold", &threshold());
}

#[test]
fn a_circle_of_stages_is_drawn() {
    snapshot("a_circle", &cycle());
}

#[test]
fn nothing_is_drawn_as_nothing() {
    let mut empty = picture(Vec::new());
    snapshot("only_a_goal", &empty);
    empty.goals.clear();
    snapshot("nothing", &empty);
}

#[test]
fn sixty_credentials() {
    snapshot("sixty", &sixty());
}

#[test]
fn every_drawing_keeps_its_promises() {
    for picture in [
        single_choice(),
        nested_choice(),
        threshold(),
        cycle(),
        sixty(),
        picture(Vec::new()),
        Picture::default(),
    ] {
        holds(&picture, Flow::Across);
        holds(&picture, Flow::Down);
    }
}

#[test]
fn a_drawing_as_text() {
    insta::assert_snapshot!(svg(&single_choice(), Flow::Across, "wide"));
}

/// The same numbers for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn name(&mut self) -> String {
        const NAMES: [&str; 8] = [
            "",
            "x",
            "<script>alert('x')</script> & \"quoted\"",
            "データを読み解く力を身につけるための入門講座",
            "قراءة البيانات",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            "A name that is long enough to be set in several lines and then in several more, until it is cut",
            "tab\tand\nline\u{0}end",
        ];
        NAMES
            .get(self.below(NAMES.len()))
            .copied()
            .unwrap_or("")
            .to_owned()
    }

    fn part(&mut self, depth: usize) -> Part {
        if depth > 0 && self.below(3) == 0 {
            let kinds = [
                FrameKind::Choice,
                FrameKind::Threshold,
                FrameKind::Cap,
                FrameKind::All,
                FrameKind::Set,
            ];
            let kind = kinds
                .get(self.below(kinds.len()))
                .copied()
                .unwrap_or(FrameKind::All);
            let count = self.below(4);
            let parts = (0..count).map(|_| self.part(depth - 1)).collect();
            return frame(kind, &self.name(), parts);
        }
        let key = self.below(12) as u32;
        part(key, &self.name())
    }

    fn picture(&mut self) -> Picture {
        let count = self.below(9);
        let stages = (0..count)
            .map(|_| {
                let after: Vec<usize> = (0..self.below(4)).map(|_| self.below(count + 1)).collect();
                let parts = (0..self.below(5)).map(|_| self.part(4)).collect();
                let mut one = stage(&self.name(), &after, parts);
                if self.below(3) == 0 {
                    one.exits.push(node(40, &self.name()));
                }
                one
            })
            .collect();
        let mut picture = picture(stages);
        picture.needs = (0..self.below(10))
            .map(|_| Need {
                from: self.below(12) as u32,
                to: self.below(12) as u32,
                alternative: self.below(2) == 0,
            })
            .collect();
        picture
    }
}

#[test]
fn odd_pictures_are_drawn_too() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..100 {
        let picture = random.picture();
        holds(&picture, Flow::Across);
        let text = svg(&picture, Flow::Down, "b");
        assert!(!text.contains("<script"), "{text}");
    }
}

#[test]
fn very_many_stages_take_no_time() {
    let stages = (0..2000_usize)
        .map(|index| {
            let after = [index / 2, index.saturating_sub(1)];
            stage("x", &after, vec![part(index as u32, "x")])
        })
        .collect();
    let mut picture = picture(stages);
    picture.needs = (1..2000)
        .map(|to| Need {
            from: to / 3,
            to,
            alternative: false,
        })
        .collect();
    let layout = layout(&picture, Flow::Across);
    assert_eq!(layout.stages.len(), 2000);
}
