/**
 * A small catalogue, worked out by hand.
 *
 * IPI 00045620792 and 00130046332, ISNI 000000012146438X, ISWC T0345246801 and T9110536293, ISRC GBAAA9900303 and
 * USS1Z1412345 and UPC 5901234123457 are valid by their check digits; IPI 00045620793 is not.
 */
import type { BwarmTables } from '../../support/bwarm.js'

export const CATALOGUE: BwarmTables = {
  parties: [
    {
      id: 'P1',
      ipi: '00045620792',
      name: 'Anna Berg',
      key: 'Berg',
      before: 'Anna',
      email: 'anna@example.org',
      phone: '555',
    },
    { id: 'P2', isni: '000000012146438X', name: 'Fjord "Music" Ltd' },
    { id: 'P3', ipi: '00130046332', name: 'Admin House' },
    { id: 'P4', dpid: 'PADPIDA2007081601G', name: 'Northern Rights Bureau', society: '999' },
    { id: 'P5', ipi: '00045620793', name: '  Karl   ÖST ' },
  ],
  works: [
    { id: 'W1', iswc: 'T0345246801', title: 'Pipe | Tab\tBack\\slash', disputed: 'TRUE' },
    { id: 'W2', iswc: 'T9110536293', title: 'Second Song', free: ['US', 'CA'] },
    { id: 'W3', title: 'No Number', catalogue: ['KV 1', 'A|B'] },
    { id: 'W4', title: 'Free Tune', free: ['DE', 'AT'] },
  ],
  workTitles: [
    { id: 'A1', of: 'W1', title: 'Zulu Title', type: 'AlternativeTitle' },
    { id: 'A2', of: 'W1', title: 'Alpha Title', type: 'TranslatedTitle', language: 'sv' },
  ],
  workIdentifiers: [
    { id: 'I1', of: 'W1', number: 'NRB-77', by: 'P4' },
    { id: 'I2', of: 'W1', number: 'X1', by: 'P3' },
    { id: 'I3', of: 'W2', number: 'Y2', by: 'P3' },
  ],
  shares: [
    { id: 'S1', work: 'W1', party: 'P1', role: 'Composer' },
    {
      id: 'S2',
      work: 'W1',
      party: 'P2',
      role: 'OriginalPublisher',
      share: '50',
      type: ['OriginalPublisherShare'],
      rights: ['MechanicalRight', 'PerformingRight'],
      before: ['S1'],
      territories: ['Worldwide'],
      from: '2018-01-01',
      to: '2018-09-29',
    },
    {
      id: 'S3',
      work: 'W1',
      party: 'P3',
      role: 'RightsAdministrator',
      share: '50',
      type: ['MusicalWorkCollectionShare'],
      rights: ['MechanicalRight', 'PrintRight'],
      before: ['S2'],
      territories: ['US', 'CA'],
      from: '29/09/2018',
      uses: ['Stream', 'Download'],
    },
    {
      id: 'S4',
      work: 'W2',
      party: 'P5',
      role: 'SubPublisher',
      share: '33.333333',
      type: ['LicensingShare'],
      rights: ['SynchronizationRight'],
    },
    { id: 'S5', work: 'W2', share: '25', type: ['CopyrightControlShare'], rights: ['MechanicalRight'] },
    {
      id: 'S6',
      work: 'W3',
      party: 'P1',
      role: 'Lyricist',
      share: '100',
      type: ['MusicalWorkManuscriptShare'],
      rights: ['PerformingRight'],
    },
    {
      id: 'S7',
      work: 'W3',
      party: 'P3',
      role: 'RightsAdministrator',
      share: '10',
      type: ['MusicalWorkCollectionShare'],
      rights: ['PrintRight'],
    },
  ],
  recordings: [
    {
      id: 'R1',
      isrc: 'GB-AAA-99-00303',
      title: 'Pipe',
      subtitle: 'Live',
      artist: 'The Band',
      duration: 'PT3M20.5S',
      release: 'L1',
      p: ['2018 A', '2019 B'],
    },
    { id: 'R2', title: 'Untagged', artist: 'Solo', duration: '243' },
    { id: 'R3', title: 'Numbered', artist: 'Duo', duration: 'three minutes' },
  ],
  recordingTitles: [{ id: 'B1', of: 'R1', title: 'Pfeife', type: 'TranslatedTitle' }],
  recordingIdentifiers: [{ id: 'J1', of: 'R3', number: 'youtube::7kjdK7aeWv8', by: 'P4' }],
  releases: [{ id: 'L1', icpn: ['5901234123457'], title: 'Debut', label: ['North', 'South'], date: '2018-05-04' }],
  links: [
    { id: 'K1', work: 'W1', recording: 'R1' },
    { id: 'K2', work: 'W3', recording: 'R2' },
    { id: 'K3', work: 'W9', recording: 'R3' },
  ],
  unclaimed: [
    { id: 'U1', recording: 'R1', work: 'W2', dsp: 'dsp::1', share: '41.666667', percentile: '3' },
    {
      id: 'U2',
      work: 'W2',
      dsp: 'dsp::2',
      isrc: 'USS1Z1412345',
      title: 'Second Song (Club)',
      artist: 'Solo',
      duration: '60',
      share: '41.666667',
    },
  ],
  unmatched: [{ id: 'N1', kind: 'SoundRecording', dsp: 'dsp::3', title: 'Lost', artist: 'Nobody Known' }],
}
