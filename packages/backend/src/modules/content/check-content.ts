/** Holds content to its shape where it comes in, whoever wrote it: a file of a pack, or a generator of e-mails. */
import type { z } from 'zod';
import { requireJson } from '../../kernel/values/index.ts';
import { contentErrors } from './errors.ts';

/**
 * @param name  what people know the content by: its file
 * @throws CONTENT_FILE_INVALID  naming the field
 * @throws VALUE_REFUSED  for what could not be kept as it is
 */
export function checkContent<Schema extends z.ZodType>(
  name: string,
  content: unknown,
  schema: Schema,
): z.infer<Schema> {
  requireJson(name, content);
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw contentErrors.CONTENT_FILE_INVALID({
    found: `${name}, ${issue?.path.join('.') || 'as a whole'}: ${issue?.message}`,
  });
}
