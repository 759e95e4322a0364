/** All rules, in the order of the taxonomy (domain.md 2). */

import { parseRule, type Rule } from './rule.js'
import cDAT01 from './rules/c-dat-01.sql'
import cDAT02 from './rules/c-dat-02.sql'
import cDAT03 from './rules/c-dat-03.sql'
import cDAT04 from './rules/c-dat-04.sql'
import cDAT05 from './rules/c-dat-05.sql'
import cID01 from './rules/c-id-01.sql'
import cID02 from './rules/c-id-02.sql'
import cID03 from './rules/c-id-03.sql'
import cID04 from './rules/c-id-04.sql'
import cLIC01 from './rules/c-lic-01.sql'
import cLIC02 from './rules/c-lic-02.sql'
import cLIC03 from './rules/c-lic-03.sql'
import cLIC04 from './rules/c-lic-04.sql'
import cLIC05 from './rules/c-lic-05.sql'
import cLIC06 from './rules/c-lic-06.sql'
import cLIC07 from './rules/c-lic-07.sql'
import cLNK01 from './rules/c-lnk-01.sql'
import cLNK02 from './rules/c-lnk-02.sql'
import cLNK03 from './rules/c-lnk-03.sql'
import cLNK04 from './rules/c-lnk-04.sql'
import cLNK05 from './rules/c-lnk-05.sql'
import cPTY01 from './rules/c-pty-01.sql'
import cPTY02 from './rules/c-pty-02.sql'
import cPTY03 from './rules/c-pty-03.sql'
import cPTY04 from './rules/c-pty-04.sql'
import cSHR01 from './rules/c-shr-01.sql'
import cSHR02 from './rules/c-shr-02.sql'
import cSHR03 from './rules/c-shr-03.sql'
import cSHR04 from './rules/c-shr-04.sql'
import cSHR05 from './rules/c-shr-05.sql'
import cSHR06 from './rules/c-shr-06.sql'
import cSHR07 from './rules/c-shr-07.sql'
import cSHR08 from './rules/c-shr-08.sql'
import cSHR09 from './rules/c-shr-09.sql'
import cSNP01 from './rules/c-snp-01.sql'
import cSNP02 from './rules/c-snp-02.sql'
import cSNP03 from './rules/c-snp-03.sql'
import cSNP04 from './rules/c-snp-04.sql'
import cSNP05 from './rules/c-snp-05.sql'
import cSNP06 from './rules/c-snp-06.sql'
import cSNP07 from './rules/c-snp-07.sql'
import cSNP08 from './rules/c-snp-08.sql'
import cTER01 from './rules/c-ter-01.sql'
import cTER02 from './rules/c-ter-02.sql'
import cTER03 from './rules/c-ter-03.sql'
import cTER04 from './rules/c-ter-04.sql'

export const RULES: readonly Rule[] = [
  cSHR01,
  cSHR02,
  cSHR03,
  cSHR04,
  cSHR05,
  cSHR06,
  cSHR07,
  cSHR08,
  cSHR09,
  cTER01,
  cTER02,
  cTER03,
  cTER04,
  cDAT01,
  cDAT02,
  cDAT03,
  cDAT04,
  cDAT05,
  cID01,
  cID02,
  cID03,
  cID04,
  cLNK01,
  cLNK02,
  cLNK03,
  cLNK04,
  cLNK05,
  cPTY01,
  cPTY02,
  cPTY03,
  cPTY04,
  cLIC01,
  cLIC02,
  cLIC03,
  cLIC04,
  cLIC05,
  cLIC06,
  cLIC07,
  cSNP01,
  cSNP02,
  cSNP03,
  cSNP04,
  cSNP05,
  cSNP06,
  cSNP07,
  cSNP08,
].map(parseRule)
