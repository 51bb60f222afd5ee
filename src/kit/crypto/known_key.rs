//! Ed25519 (RFC 8032) for public keys that are known before what they signed arrives: with their multiples worked out ahead, a
//! signature is checked in less than half the time. Nothing here is secret, so what takes how long may depend on the input.

use std::sync::{LazyLock, OnceLock};

use aws_lc_rs::digest::{Context, SHA512};
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::Identity;
use curve25519_dalek::{EdwardsPoint, Scalar};

static BASE: LazyLock<Multiples> = LazyLock::new(|| Multiples::of(ED25519_BASEPOINT_POINT));

/// How far a digit of a scalar goes, up and down: written with -127 to 128 instead of 0 to 255 it needs half the multiples.
const HALF: usize = 128;
/// How many digits a scalar has.
const PLACES: usize = 32;

/// A point times 0 to 128 at every place of a scalar: 4,128 points in 660 kB, made in 2 ms.
struct Multiples(Vec<EdwardsPoint>);

impl Multiples {
    fn of(point: EdwardsPoint) -> Self {
        let mut multiples = Vec::with_capacity(PLACES * (HALF + 1));
        let mut unit = point;
        for _ in 0..PLACES {
            let mut multiple = EdwardsPoint::identity();
            for _ in 0..=HALF {
                multiples.push(multiple);
                multiple += unit;
            }
            // Twice the last of them.
            unit = multiples.last().map_or(unit, |half| half + half);
        }
        Multiples(multiples)
    }

    /// The point times a scalar: 32 additions, where doubling takes 250 more. What is added is fetched before any of it is added:
    /// the multiples lie far apart, so that the processor would else wait for each.
    fn times(&self, scalar: &Scalar) -> EdwardsPoint {
        self.parts(scalar).iter().sum()
    }

    /// What the digits of a scalar stand for. Nothing is carried out of the last one, since scalars are below 2²⁵³.
    fn parts(&self, scalar: &Scalar) -> [EdwardsPoint; PLACES] {
        let mut carry = 0;
        let mut digits = self.0.chunks_exact(HALF + 1).zip(scalar.as_bytes());
        std::array::from_fn(|_| {
            let Some((multiples, byte)) = digits.next() else { return EdwardsPoint::identity() };
            let digit = usize::from(*byte) + carry;
            carry = usize::from(digit > HALF);
            if digit > HALF { -multiples[2 * HALF - digit] } else { multiples[digit] }
        })
    }
}

/// A public key that checks many signatures.
pub struct KnownKey {
    bytes: [u8; 32],
    point: EdwardsPoint,
    /// Made when the first signature comes.
    multiples: OnceLock<Multiples>,
}

impl KnownKey {
    /// Of its 32 bytes; none if they are no key, or one that many signatures would fit.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        let point = CompressedEdwardsY(bytes).decompress()?;
        // 5.1.3: a point has one way to be written.
        let is_sound = !point.is_small_order() && point.compress().as_bytes() == &bytes;
        is_sound.then(|| Self { bytes, point, multiples: OnceLock::new() })
    }

    /// Whether the message was signed with it (5.1.7): S·B = R + k·A, where R is compared as it was written.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let Some((r, s)) = signature.split_first_chunk::<32>() else { return false };
        // S has one way to be written, or a signature would have several.
        let s = <[u8; 32]>::try_from(s).ok().and_then(|s| Scalar::from_canonical_bytes(s).into_option());
        let (Some(s), Some(k)) = (s, self.challenge(r, message)) else { return false };
        let multiples = self.multiples.get_or_init(|| Multiples::of(self.point));
        (BASE.times(&s) - multiples.times(&k)).compress().as_bytes() == r
    }

    fn challenge(&self, r: &[u8; 32], message: &[u8]) -> Option<Scalar> {
        let mut hash = Context::new(&SHA512);
        for part in [r, &self.bytes, message] {
            hash.update(part);
        }
        hash.finish().as_ref().try_into().ok().map(Scalar::from_bytes_mod_order_wide)
    }
}

impl PartialEq for KnownKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digit = |one: &u8| char::from(*one).to_digit(16).unwrap() as u8;
        hex.as_bytes().chunks(2).map(|two| two.iter().fold(0, |byte, one| byte << 4 | digit(one))).collect()
    }

    #[test]
    fn the_signatures_of_rfc_8032_are_believed() {
        // 7.1, tests 1 and 2.
        let known = [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
                 d25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c\
                 387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ];
        for (key, message, signature) in known {
            let key = KnownKey::new(&bytes(key)).unwrap();
            assert!(key.verifies(&bytes(message), &bytes(signature)), "{message}");
            assert!(!key.verifies(b"another", &bytes(signature)));
        }
    }

    #[test]
    fn it_believes_what_another_library_believes() {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let public = pair.public_key().as_ref();
        let (ours, theirs) = (KnownKey::new(public).unwrap(), UnparsedPublicKey::new(&ED25519, public));
        for turn in 0..1_000_u32 {
            let message = turn.to_be_bytes();
            let mut signature = pair.sign(&message).as_ref().to_vec();
            assert!(ours.verifies(&message, &signature));
            let bit = (turn * 7 % 512) as usize;
            signature[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                ours.verifies(&message, &signature),
                theirs.verify(&message, &signature).is_ok(),
                "{bit}"
            );
        }
    }

    #[test]
    fn a_signature_has_one_form_and_a_key_one_owner() {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let key = KnownKey::new(pair.public_key().as_ref()).unwrap();
        let signature = pair.sign(b"code").as_ref().to_vec();
        // S and the order of the group: the same number to whoever does not look.
        let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let mut carry = 0;
        let other: Vec<u8> = signature[32..]
            .iter()
            .zip(&order)
            .map(|(a, b)| {
                carry += u16::from(*a) + u16::from(*b);
                let low = carry as u8;
                carry >>= 8;
                low
            })
            .collect();
        assert!(key.verifies(b"code", &signature));
        assert!(!key.verifies(b"code", &[&signature[..32], &other].concat()));
        for short in [0, 31, 32, 63] {
            assert!(!key.verifies(b"code", &signature[..short]));
        }
        assert!(!key.verifies(b"code", &[signature.as_slice(), &[0]].concat()));
        let mut one = [0; 32];
        one[0] = 1;
        assert!(KnownKey::new(&one).is_none(), "the neutral point");
        assert!(KnownKey::new(&[2; 31]).is_none());
    }
}
