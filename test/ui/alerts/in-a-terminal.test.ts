/** The review in a real terminal: an edit by the user's editor, what it does to the alerts, and the terminal given back. */
import { chmodSync, cpSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIXTURES, PROJECT, placeForSuite } from '../../support/cli.js'
import { hasTmux, RealTerminal } from '../real-terminal.js'

const title = hasTmux ? 'in a real terminal' : 'in a real terminal (left out: tmux is not installed)'

describe.skipIf(!hasTmux)(title, () => {
  const place = placeForSuite()

  it('edits rules with $EDITOR and shows at once what comes and goes; a broken file changes nothing', async () => {
    cpSync(path.join(PROJECT, 'rules/ticket-inventory.yaml'), path.join(place.folder, "my 'rules'.yaml"))
    for (const day of ['2024-05-01', '2024-05-02'])
      cpSync(path.join(FIXTURES, `alerts/${day}.csv`), path.join(place.folder, `${day}.csv`))
    // 201 went from 60 to 150: twice and more, but not thrice. The second edit breaks the file.
    const editor = place.file(
      'editor.sh',
      `#!/bin/sh
if [ "$1" != --wait ]; then exit 9; fi
if grep -q '3 \\* before.price' "$2"; then echo 'rules: [' > "$2"; fi
sed -i 's/after.price >= 2 \\* before.price/after.price >= 3 * before.price/' "$2"
`,
    )
    chmodSync(editor, 0o755)
    const real = await RealTerminal.open(place.folder, { columns: 110 })
    const modes = await real.output('stty -a')
    real.line(`export EDITOR='${editor} --wait'`)
    real.line(`recital alerts dry-run "my 'rules'.yaml" --diff 2024-05-01.csv 2024-05-02.csv --key listing_id --review`)
    const first = await real.shows('* price       60 -> 150')
    expect(first).toMatch(/6 alerts, 7 changes/)
    expect(real.state()).toEqual({ isOtherScreen: true, isCursorShown: false })
    real.press('e')
    const after = await real.shows('The edit adds 0, removes 1 and changes 0 of 6 alerts.')
    expect(after).toMatch(/^>- price-spike {2}listing_id 201/m)
    expect(after).toContain('removed: price-spike was changed')
    real.press('Down')
    await real.shows(/^> {2}event-date-moved {2}listing_id 201/m)
    real.press('E')
    expect(await real.shows('Still as before the edit:')).toMatch(/5 alerts, 7 changes/)
    expect(readFileSync(path.join(place.folder, "my 'rules'.yaml"), 'utf8')).toBe('rules: [\n')
    real.press('q')
    await real.prompt()
    expect(real.state()).toEqual({ isOtherScreen: false, isCursorShown: true })
    expect(await real.output('stty -a')).toBe(modes)
  })
})
