//! The sign of each shape, drawn around a point: told apart without colour.

/// Half the width of a sign, in user units.
pub const RADIUS: i32 = 11;

/// The strokes of a shape's sign around (0, 0), as SVG path data; a bang for a shape that has no sign of its own.
pub fn strokes(shape: &str) -> &'static str {
    match shape {
        // A line with a gap.
        "unreachable" => "M-11 0h6M5 0h6M-3 -6l2 12M1 -6l2 12",
        // A clock.
        "too-slow" => "M9 0a9 9 0 1 1 -18 0a9 9 0 1 1 18 0M0 -5v5l4 3",
        // A zigzag.
        "reset" => "M-11 0l5 -7l4 14l4 -14l4 14l5 -7",
        // A scribble.
        "garbage" => "M-11 2c3 -9 6 -9 6 -2s-4 6 -2 0s7 -8 8 0s-5 6 -2 -1s8 -7 9 2",
        // An open lock.
        "tls-failed" => "M-7 -1h14v9h-14zM-4 -1v-4a4 4 0 0 1 7 -3",
        // A bar across the way.
        "refused" => "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M-5 0h10",
        // A question mark.
        "unsupported" => "M-4 -4a4 4 0 1 1 5 4q-1 1 -1 3M0 7v1",
        // A cracked ring.
        "gateway-fault" => "M-3 -9a9 9 0 1 0 6 0M0 -9l-3 5l5 3l-3 5",
        // A bang.
        _ => "M0 -9v10M0 6v2",
    }
}

/// The sign on a disc of the page's own colour, so that the line does not run through it.
pub(super) fn placed(shape: &str, x: i32, y: i32) -> String {
    let (strokes, radius) = (strokes(shape), RADIUS + 4);
    format!("<g class=\"mark {shape}\" transform=\"translate({x} {y})\"><circle class=\"mark-ground\" r=\"{radius}\"/><path d=\"{strokes}\"/></g>")
}

/// The sign alone, as large as the text around it.
pub fn inline(shape: &str) -> String {
    format!("<svg class=\"sign {shape}\" viewBox=\"-13 -13 26 26\" aria-hidden=\"true\"><path d=\"{}\"/></svg>", strokes(shape))
}
