// Starts a worker of `dmz session replay --jobs`: registers the TypeScript loader in this thread, then does its work.
import { register } from 'tsx/esm/api';

register();
const { serveReplays } = await import('../src/cli/replay-worker.ts');
serveReplays();
