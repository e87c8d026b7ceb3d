/** Version of the engine as sessions record it: a change of what `decide` emits needs a new one. */
export const ENGINE_VERSION = '1.0.0';
