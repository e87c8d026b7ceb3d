#!/usr/bin/env node
// Starts the command line: registers the TypeScript loader, then hands over to src/cli/main.ts.
import os from 'node:os';
import { register } from 'tsx/esm/api';

const args = process.argv.slice(2);
const { PRIORITY_BELOW_NORMAL } = os.constants.priority;
const isMove = args[0] === 'tenant' && args[1] === 'move';
const neverRests = /--nice-ratio[= ]0( |$)/.test(args.join(' '));
// A move gives way to who plays on this machine, from its first moment: to load the sources takes a second of it. Nothing
// that it starts outlives it, so no server inherits this.
if (isMove && !neverRests && os.getPriority() < PRIORITY_BELOW_NORMAL) os.setPriority(PRIORITY_BELOW_NORMAL);
register();
const { main } = await import('../src/cli/main.ts');
process.exitCode = await main(args);
