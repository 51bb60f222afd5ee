//! Digits without the formatter: for what stands on every row of every list.

/// Writes a number into all of these places, with zeros before it; what is more than fits is left out in front.
pub fn put<'a>(places: impl DoubleEndedIterator<Item = &'a mut u8>, number: u64) {
    let mut rest = number;
    for place in places.rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}
