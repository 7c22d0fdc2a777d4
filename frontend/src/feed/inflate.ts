// SPDX-License-Identifier: MIT

/**
 * Inflates a payload in the zlib format (RFC 1950). Holds at most length bytes and one chunk.
 * Rejects when the payload is no such stream, or does not inflate to exactly length bytes.
 */
export async function inflate(payload: Uint8Array, length: number): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // The reader below reports what goes wrong; these promises reject with the same error.
  const written = writer.write(new Uint8Array(payload)).then(() => writer.close());
  written.catch(() => undefined);

  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const inflated = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (filled + value.length > length) {
      reader.cancel().catch(() => undefined);
      throw new Error('the payload inflates to more than its header says');
    }
    inflated.set(value, filled);
    filled += value.length;
  }
  if (filled !== length) throw new Error('the payload inflates to less than its header says');
  return inflated;
}
