/**
 * Consumers: what follows from events elsewhere than in their stream. Each has a cursor for each session, moved in the
 * transaction of its effect, so no event is missed or handled twice, whatever dies and wherever the tables are copied to.
 */
export { Consumers, type ConsumersOptions } from './consumers.ts';
export {
  type Batch,
  type Consumer,
  defineConsumer,
  type EventfulSession,
  type SequencedEvent,
} from './define-consumer.ts';
export { consumerErrors } from './errors.ts';
export type { Cursor, CursorStore, EventSource, Failure, Head, Progress, Reader, Step } from './ports.ts';
export type { ConsumerStatus, StuckSession } from './status.ts';
