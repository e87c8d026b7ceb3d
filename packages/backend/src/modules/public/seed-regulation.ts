/**
 * Regulations and standards, and how long each has evidence kept. Where the rule itself names no period but its
 * field keeps one, the basis is `practice` and `source` names where the number is from; where there is no such custom,
 * it is null.
 */

const EUROPEAN_UNION = 'European Parliament and Council of the European Union';
const CONGRESS = 'United States Congress';

const EUROPEAN_LAW = [
  {
    code: 'gdpr',
    name: 'General Data Protection Regulation',
    issuer: EUROPEAN_UNION,
    edition: 'Regulation (EU) 2016/679',
    retentionYears: null,
    source:
      'Art. 5(1)(e) names no period: no longer than the purpose needs; Art. 30(1)(f) has the record of processing state one',
    sourceUrl: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
    effectiveOn: '2018-05-25',
    trainingSource: 'Art. 39(1)(b): awareness-raising and training of staff; no interval',
  },
  {
    code: 'nis2',
    name: 'Directive on a high common level of cybersecurity (NIS 2)',
    issuer: EUROPEAN_UNION,
    edition: 'Directive (EU) 2022/2555',
    retentionYears: null,
    source:
      'Names no period for records of measures (Art. 21), of training (Art. 20(2)) or of incidents (Art. 23)',
    sourceUrl: 'https://eur-lex.europa.eu/eli/dir/2022/2555/oj',
    effectiveOn: '2024-10-18',
    trainingSource: 'Art. 20(2) and 21(2)(g): regularly; no interval',
  },
  {
    code: 'dora',
    name: 'Digital Operational Resilience Act',
    issuer: EUROPEAN_UNION,
    edition: 'Regulation (EU) 2022/2554',
    retentionYears: 5,
    retentionBasis: 'practice' as const,
    source:
      'The Regulation itself names no period for these records; five years is what the same institutions keep others by: Directive 2014/65/EU, Art. 16(7), and Directive (EU) 2015/849, Art. 40(1)',
    sourceUrl: 'https://eur-lex.europa.eu/eli/reg/2022/2554/oj',
    effectiveOn: '2025-01-17',
    trainingSource: 'Art. 13(6): awareness and resilience training as compulsory modules; no interval',
  },
];

const AMERICAN_LAW = [
  {
    code: 'hipaa',
    name: 'Health Insurance Portability and Accountability Act: Security Rule',
    issuer: 'United States Department of Health and Human Services',
    edition: '45 CFR Part 164, Subpart C',
    countryCode: 'US',
    retentionYears: 6,
    retentionBasis: 'rule' as const,
    retentionFrom: 'last_effective' as const,
    source: '45 CFR 164.316(b)(2)(i): from creation or the last day in effect, whichever is later',
    sourceUrl: 'https://www.ecfr.gov/current/title-45/section-164.316',
    effectiveOn: '2005-04-20',
    trainingSource: '45 CFR 164.308(a)(5) and 164.530(b); no interval',
  },
  {
    code: 'sox',
    name: 'Sarbanes-Oxley Act',
    issuer: CONGRESS,
    edition: 'Public Law 107-204',
    countryCode: 'US',
    retentionYears: 7,
    retentionBasis: 'rule' as const,
    retentionFrom: 'end_of_year' as const,
    source:
      '17 CFR 210.2-06(a), made under section 802 of the Act: seven years after the audit or review is concluded, which is some months after the fiscal year; the statute itself, 18 U.S.C. 1520(a)(1), says five. Both bind the auditor; that what is audited is kept as long is practice',
    sourceUrl: 'https://www.ecfr.gov/current/title-17/section-210.2-06',
    effectiveOn: '2003-10-31',
  },
  {
    code: 'glba',
    name: 'Gramm-Leach-Bliley Act: Safeguards Rule',
    issuer: 'Federal Trade Commission',
    edition: '16 CFR Part 314',
    countryCode: 'US',
    retentionYears: 5,
    retentionBasis: 'practice' as const,
    source:
      '16 CFR 314 names no period for records of the programme (314.4(c)(6) has customer information disposed of two years after its last use); five years is 31 CFR 1010.430(d) (Bank Secrecy Act), which the same institutions keep records by',
    sourceUrl: 'https://www.ecfr.gov/current/title-31/section-1010.430',
    effectiveOn: '2003-05-23',
    trainingSource:
      '16 CFR 314.4(e)(1): security awareness training, updated as risks are found; no interval',
  },
  {
    code: 'fisma',
    name: 'Federal Information Security Modernization Act',
    issuer: CONGRESS,
    edition: 'Public Law 113-283',
    countryCode: 'US',
    retentionYears: 3,
    retentionBasis: 'practice' as const,
    retentionFrom: 'last_effective' as const,
    source:
      '44 U.S.C. 3554 names no period; three years is the National Archives’ General Records Schedule 3.2, item 020 (incident records, after follow-up), and 2.6, item 010 (training programmes)',
    sourceUrl: 'https://www.archives.gov/records-mgmt/grs.html',
    effectiveOn: '2014-12-18',
    trainingIntervalMonths: 12,
    trainingSource: '5 CFR 930.301: awareness at least once a year; 44 U.S.C. 3554(b)(4)',
  },
];

const STANDARDS = [
  {
    code: 'fedramp',
    name: 'Federal Risk and Authorization Management Program',
    kind: 'standard' as const,
    issuer: 'United States General Services Administration',
    edition: 'Rev. 5 baselines',
    countryCode: 'US',
    retentionYears: 3,
    retentionBasis: 'practice' as const,
    retentionFrom: 'last_effective' as const,
    monthsAtHand: 12,
    source:
      'Its AU-11 follows OMB M-21-31, which has logs kept 12 months at hand and 18 more in an archive; its AT-4(b) has training records kept one year, five in the High baseline; three years is what agencies hold their providers to, from General Records Schedule 3.2, item 020',
    sourceUrl: 'https://www.archives.gov/records-mgmt/grs.html',
    trainingIntervalMonths: 12,
    trainingSource: 'NIST SP 800-53 Rev. 5, AT-2 and AT-3, at least annually by FedRAMP’s parameter',
  },
  {
    code: 'iso-27001',
    name: 'ISO/IEC 27001: information security management systems',
    kind: 'standard' as const,
    issuer: 'ISO and IEC',
    edition: '2022',
    retentionYears: 3,
    retentionBasis: 'practice' as const,
    source:
      '7.5.3 leaves the period to the organisation; three years is the cycle of certification (ISO/IEC 17021-1:2015, 9.1.3)',
    sourceUrl: 'https://www.iso.org/standard/27001',
    effectiveOn: '2022-10-25',
    trainingSource: '7.2, 7.3 and Annex A 6.3; no interval',
  },
  {
    code: 'pci-dss',
    name: 'Payment Card Industry Data Security Standard',
    kind: 'standard' as const,
    issuer: 'PCI Security Standards Council',
    edition: 'v4.0.1',
    retentionYears: 1,
    retentionBasis: 'rule' as const,
    monthsAtHand: 3,
    source: 'Requirement 10.5.1: audit logs 12 months, three of them at hand',
    sourceUrl: 'https://www.pcisecuritystandards.org/document_library/',
    trainingIntervalMonths: 12,
    trainingSource: 'Requirement 12.6.3: upon hire and at least once every 12 months',
  },
  {
    code: 'soc-2',
    name: 'SOC 2: report on controls at a service organization',
    kind: 'attestation' as const,
    issuer: 'American Institute of Certified Public Accountants',
    edition: 'TSP section 100, 2017, with points of focus of 2022',
    retentionYears: null,
    source: 'The Trust Services Criteria name no period; evidence must reach over the period of the report',
    sourceUrl: 'https://www.aicpa-cima.com/topic/audit-assurance/audit-and-assurance-greater-than-soc-2',
    trainingSource: 'CC1.4 and CC2.2; no interval',
  },
];

export const FRAMEWORKS = [...EUROPEAN_LAW, ...AMERICAN_LAW, ...STANDARDS];
