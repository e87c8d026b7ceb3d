/** Tells how far a stream of a table's rows is: one table may take longer than all the others together. */

/** @param tell  the bytes that have passed, at the beginning and whenever there are more */
export async function* measured(
  chunks: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  tell(bytes);
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    tell(bytes);
  }
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
