//! What an authenticator app would show, by another program than the service's: Python's own library.

use crate::{
    environment::{command, python},
    printed::Printed,
};

/// RFC 6238 with its usual numbers: SHA-1, 30 seconds, 6 digits.
const CODE: &str = "
import base64, hmac, struct, sys, time
secret = base64.b32decode(sys.argv[1] + '=' * (-len(sys.argv[1]) % 8))
digest = hmac.digest(secret, struct.pack('>Q', int(time.time()) // 30), 'sha1')
start = digest[-1] & 15
number = struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff
print('%06d' % (number % 1000000))
";

/// The code of this moment for a secret as the page shows it.
pub fn one_time_code(secret: &str) -> String {
    let secret: String = secret.split_whitespace().collect();
    let mut program = command(python());
    program.args(["-c", CODE, &secret]);
    Printed::by(program).done().stdout.trim().to_owned()
}
