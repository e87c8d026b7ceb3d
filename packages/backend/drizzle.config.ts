/** Where drizzle-kit finds the tables and keeps the migrations. `push` is never used: see docs/adr/0001. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/modules/*/schema.ts',
  out: './drizzle',
});
