/** Clauses that training, simulations and their records give evidence for, in our words. More can be added; none is renumbered. */

type Evidence =
  | 'training'
  | 'simulation'
  | 'policy'
  | 'access_control'
  | 'incident_response'
  | 'audit_log'
  | 'retention';

const CLAUSES: Readonly<Record<string, readonly (readonly [clause: string, Evidence, summary: string])[]>> = {
  gdpr: [
    ['5(1)(e)', 'retention', 'Personal data are kept no longer than their purpose needs.'],
    ['5(2)', 'audit_log', 'The controller can show that it keeps to the principles.'],
    ['32(1)(d)', 'simulation', 'Measures of security are tested and assessed regularly.'],
    ['33', 'incident_response', 'A breach is notified to the authority within 72 hours.'],
    ['39(1)(b)', 'training', 'Staff who process personal data are made aware and trained.'],
  ],
  nis2: [
    ['20(2)', 'training', 'Management bodies are trained, and offer training to their staff.'],
    ['21(2)(b)', 'incident_response', 'Incidents are handled.'],
    ['21(2)(g)', 'training', 'Basic cyber hygiene is practised, and cybersecurity trained.'],
    ['21(2)(i)', 'access_control', 'Staff security, access control and assets are managed.'],
  ],
  dora: [
    ['5(4)', 'training', 'Members of the management body keep their knowledge of ICT risk up to date.'],
    ['13(6)', 'training', 'Security awareness and resilience training are compulsory for staff.'],
    ['17', 'incident_response', 'ICT incidents are detected, managed, recorded and followed up.'],
    ['25', 'simulation', 'Tools and systems are tested, by scenarios among others.'],
  ],
  hipaa: [
    ['164.308(a)(5)(i)', 'training', 'All of the workforce takes part in security awareness and training.'],
    ['164.308(a)(6)(ii)', 'incident_response', 'Security incidents are answered and documented.'],
    ['164.312(b)', 'audit_log', 'Activity in systems with health information is recorded and examined.'],
    ['164.316(b)(2)(i)', 'retention', 'Documentation is kept for six years.'],
  ],
  sox: [
    ['404', 'access_control', 'Management assesses its internal control over financial reporting.'],
    ['802', 'retention', 'Records of audits and reviews are kept.'],
  ],
  glba: [
    ['314.4(c)(8)', 'audit_log', 'Activity of authorised users is monitored and logged.'],
    ['314.4(e)(1)', 'training', 'Personnel get security awareness training that follows the risks found.'],
    ['314.4(h)', 'incident_response', 'There is a written plan for answering security events.'],
  ],
  fisma: [
    ['3554(b)(4)', 'training', 'Personnel and contractors are made aware of risks and of their duties.'],
    ['3554(b)(7)', 'incident_response', 'Incidents are detected, reported and answered.'],
  ],
  fedramp: [
    ['AT-2', 'training', 'Users are trained in security and privacy literacy, at first and yearly.'],
    [
      'AT-2(1)',
      'simulation',
      'Training has practical exercises that simulate events and incidents; an addition to the baselines.',
    ],
    ['AT-2(3)', 'training', 'Users are trained to recognise and report social engineering and mining.'],
    ['AT-4', 'retention', 'Records of training are kept: a year, or five in the High baseline.'],
    ['AU-11', 'retention', 'Audit records are kept.'],
    ['IR-2', 'incident_response', 'Users are trained in answering incidents.'],
  ],
  'iso-27001': [
    ['7.2', 'training', 'People are competent, and there is evidence of it.'],
    ['7.3', 'training', 'People are aware of the policy and of their part in it.'],
    ['A.5.24', 'incident_response', 'Answering incidents is planned and prepared.'],
    ['A.6.3', 'training', 'Personnel get awareness, education and training that suit their work.'],
    ['A.8.15', 'audit_log', 'Logs are made, kept, protected and analysed.'],
  ],
  'pci-dss': [
    ['10.5.1', 'retention', 'Audit logs are kept for 12 months, three of them at hand.'],
    ['12.6.1', 'training', 'There is a formal programme of security awareness.'],
    [
      '12.6.3',
      'training',
      'Personnel are trained upon hire and every 12 months, and acknowledge the policy.',
    ],
    ['12.6.3.1', 'simulation', 'Training covers phishing and social engineering.'],
    ['12.10.4', 'incident_response', 'Those who answer incidents are trained for it.'],
  ],
  'soc-2': [
    ['CC1.4', 'training', 'Competent people are attracted, developed and retained.'],
    ['CC2.2', 'training', 'Objectives and duties of internal control are communicated within.'],
    ['CC6.1', 'access_control', 'Logical access is restricted to those who need it.'],
    ['CC7.4', 'incident_response', 'Incidents are answered by a defined programme.'],
  ],
};

export const FRAMEWORK_CLAUSES = Object.entries(CLAUSES).flatMap(([frameworkCode, clauses]) =>
  clauses.map(([clause, evidence, summary]) => ({
    code: `${frameworkCode}:${clause}`,
    frameworkCode,
    clause,
    summary,
    evidence,
  })),
);
