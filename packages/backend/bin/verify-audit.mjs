#!/usr/bin/env node
// Starts the verifier of audit logs, which needs no database: registers the TypeScript loader, then hands over.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/audit-verifier/main.ts');
process.exitCode = await main(process.argv.slice(2));
