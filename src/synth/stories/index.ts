/** All stories, the ready-made ones first. */
import { ABOUT_CLAIMS } from './claims.js'
import { ABOUT_DATES } from './dates.js'
import { ABOUT_IDENTITY } from './identity.js'
import { ABOUT_LICENCES } from './licences.js'
import { READY_MADE } from './ready-made.js'
import type { Story } from './story.js'

export type { Story } from './story.js'

export const STORIES: readonly Story[] = [
  ...READY_MADE,
  ...ABOUT_CLAIMS,
  ...ABOUT_DATES,
  ...ABOUT_IDENTITY,
  ...ABOUT_LICENCES,
]
