/** In which trade: the sections of ISIC, revision 5 (United Nations Statistics Division, 2024), all 22 of them. */

const SECTIONS: Readonly<Record<string, string>> = {
  A: 'Agriculture, forestry and fishing',
  B: 'Mining and quarrying',
  C: 'Manufacturing',
  D: 'Electricity, gas, steam and air conditioning supply',
  E: 'Water supply; sewerage, waste management and remediation activities',
  F: 'Construction',
  G: 'Wholesale and retail trade',
  H: 'Transportation and storage',
  I: 'Accommodation and food service activities',
  J: 'Publishing, broadcasting, and content production and distribution activities',
  K: 'Telecommunications, computer programming, consulting, computing infrastructure and other information service activities',
  L: 'Financial and insurance activities',
  M: 'Real estate activities',
  N: 'Professional, scientific and technical activities',
  O: 'Administrative and support service activities',
  P: 'Public administration and defence; compulsory social security',
  Q: 'Education',
  R: 'Human health and social work activities',
  S: 'Arts, sports and recreation',
  T: 'Other service activities',
  U: 'Activities of households as employers; undifferentiated production activities of households for own use',
  V: 'Activities of extraterritorial organizations and bodies',
};

export const INDUSTRIES = Object.entries(SECTIONS).map(([code, name]) => ({ code, name, revision: 5 }));
