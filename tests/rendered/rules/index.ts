import type { Rule } from '../rule.ts'
import { axe } from './axe.ts'
import { consoleClean } from './console-clean.ts'
import { contrast } from './contrast.ts'
import { diagramDrawn } from './diagram-drawn.ts'
import { distance } from './distance.ts'
import { fontsOwn } from './fonts-own.ts'
import { overflow } from './overflow.ts'
import { overlap } from './overlap.ts'
import { rendered } from './rendered.ts'
import { requestsOwn } from './requests-own.ts'
import { sides } from './sides.ts'
import { textSize } from './text-size.ts'

/** Every rule of the rendered deck, by id. */
export const rules: readonly Rule[] = [axe, consoleClean, contrast, diagramDrawn, distance, fontsOwn, overflow, overlap, rendered, requestsOwn, sides, textSize]
