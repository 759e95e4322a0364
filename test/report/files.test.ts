/** Reports are written whole or not at all, and nothing is lost by accident. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { checkReportFile, writeReportFile } from '../../src/report/index.js'
import { temporaryFolder } from '../support/workspaces.js'

function setUp(name = 'report.html') {
  const folder = temporaryFolder()
  const file = path.join(folder, name)
  return { folder, file, report: { path: file, name, text: 'new', overwrite: false } }
}

const refusal = (work: () => void): UsageError => {
  try {
    work()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('a report', () => {
  it('is written, with nothing beside it', () => {
    const { folder, file, report } = setUp()
    writeReportFile(report)
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['report.html'])
  })

  it('is not written over a file unless that was said', () => {
    const { folder, file, report } = setUp()
    writeFileSync(file, 'old')
    const error = refusal(() => writeReportFile(report))
    expect([error.code, error.exitCode, error.message]).toEqual(['file-exists', 2, 'report.html exists already.'])
    expect(readFileSync(file, 'utf8')).toBe('old')
    writeReportFile({ ...report, overwrite: true })
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['report.html'])
  })

  it('needs a folder that is there', () => {
    const { folder, report } = setUp()
    const error = refusal(() =>
      writeReportFile({ ...report, path: path.join(folder, 'no/report.html'), name: 'no/report.html' }),
    )
    expect([error.code, error.suggestions[0]]).toEqual([
      'no-such-folder',
      'Make the folder no, or name a file in one that exists',
    ])
    expect(existsSync(path.join(folder, 'no'))).toBe(false)
  })

  it('does not replace a folder', () => {
    const { file, report } = setUp()
    mkdirSync(file)
    expect(refusal(() => writeReportFile({ ...report, overwrite: true })).code).toBe('not-a-file')
  })

  it('can be refused before the work for it is done', () => {
    const { file, report } = setUp()
    checkReportFile(report)
    writeFileSync(file, 'old')
    expect(refusal(() => checkReportFile(report)).code).toBe('file-exists')
    expect(existsSync(file)).toBe(true)
  })

  it('leaves what others put beside it', () => {
    const { folder, report } = setUp()
    writeFileSync(path.join(folder, '.report.html.0.tmp'), 'theirs')
    writeReportFile(report)
    expect(readFileSync(path.join(folder, '.report.html.0.tmp'), 'utf8')).toBe('theirs')
    expect(readdirSync(folder).sort()).toEqual(['.report.html.0.tmp', 'report.html'])
  })
})
