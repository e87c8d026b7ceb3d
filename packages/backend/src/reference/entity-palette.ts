/**
 * The colours of the drawn diagrams, each for a light and a dark page. Text on each reaches a contrast of 4.5 to 1
 * (WCAG 2.2, success criterion 1.4.3). No two light ones are alike: a drawing's dark colours are found by its light ones.
 */
export const PALETTE = {
  page: { light: '#ffffff', dark: '#0d1117' },
  box: { light: '#fbfcfd', dark: '#161b22' },
  ink: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#4d5661', dark: '#b1bac4' },
  line: { light: '#8c959f', dark: '#6e7681' },
  neighbour: { light: '#eceff2', dark: '#21262d' },
  tenant: { light: '#cfe3fb', dark: '#1d3f66' },
  appendOnly: { light: '#f9dcc0', dark: '#5c3a17' },
  log: { light: '#f6d3dd', dark: '#5f2438' },
  reference: { light: '#d3ecd6', dark: '#1e4a2c' },
  control: { light: '#e4daf7', dark: '#42307a' },
} as const;
