// As much of protobuf's wire format as the messages of a Terraform provider need: numbers, and what has a length.

const LENGTH = 2;

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

/** A field: a number (left out when it is 0, as the format has it), or a text, bytes or a message. */
export function field(number, value) {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return Number(value) === 0 ? Buffer.alloc(0) : Buffer.concat([varint(number * 8), varint(Number(value))]);
  }
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(number * 8 + LENGTH), varint(bytes.length), bytes]);
}

/** The fields of a message that have a length, by their number; the last of each. */
export function fieldsOf(message) {
  const found = new Map();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    const size = number();
    if (tag % 8 !== LENGTH) continue;
    found.set(Math.floor(tag / 8), message.subarray(at, at + size));
    at += size;
  }
  return found;
}
