import type { MermaidConfig } from 'mermaid'
import type { Edition } from 'slidev-addon-deck/editions'
import { facesOf, type FontFace } from 'slidev-addon-deck/fonts'
import type { DeckProject } from 'slidev-addon-deck/project'

/** Size, in px, at which labels are laid out; on a slide they may shrink to 0.8 of it (16 px). */
export const LABEL_SIZE = 20
/** How much a small diagram may grow to fill its slide. */
export const MAX_SCALE = 1.4
/** Height, in px, of a block diagram that says none. */
export const BLOCK_HEIGHT = 372
/** The family labels are measured and painted with, so that no label is cut. */
const LABEL_FAMILY = 'Deck Sans'

/** The faces of an edition that labels are set in. */
export function labelFaces(project: DeckProject, edition: Edition): readonly FontFace[] {
  return facesOf(project, edition).filter(({ family, weight }) => family === LABEL_FAMILY && weight === 400)
}

/**
 * How Mermaid lays diagrams out. Looks are not set here: the drawing keeps only shapes and classes, and
 * styles/diagram.css paints them. Layout, look and theme are pinned because Mermaid 12 changed all three defaults.
 */
export const mermaidConfig: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  layout: 'dagre',
  look: 'classic',
  theme: 'base',
  themeVariables: { fontFamily: `'${LABEL_FAMILY}'`, fontSize: `${LABEL_SIZE}px` },
  fontFamily: `'${LABEL_FAMILY}'`,
  fontSize: LABEL_SIZE,
  deterministicIds: true,
  deterministicIDSeed: 'deck',
  htmlLabels: false,
  flowchart: { htmlLabels: false, curve: 'basis', nodeSpacing: 24, rankSpacing: 50, padding: 12, minNodeWidth: 88, subGraphTitleMargin: { top: 9, bottom: 10 }, wrappingWidth: 280, useMaxWidth: false },
  state: { nodeSpacing: 36, rankSpacing: 56, padding: 18, minNodeWidth: 88, wrappingWidth: 280, useMaxWidth: false } as NonNullable<MermaidConfig['state']>,
  sequence: {
    mirrorActors: false, useMaxWidth: false, width: 170, height: 44, boxMargin: 4, messageMargin: 8, noteMargin: 8, diagramMarginX: 4, diagramMarginY: 4, actorMargin: 90,
    actorFontSize: LABEL_SIZE, messageFontSize: LABEL_SIZE, noteFontSize: LABEL_SIZE, actorFontFamily: LABEL_FAMILY, messageFontFamily: LABEL_FAMILY, noteFontFamily: LABEL_FAMILY,
  },
  timeline: { useMaxWidth: false, disableMulticolor: true },
  mindmap: { padding: 16, maxNodeWidth: 260, useMaxWidth: false },
}
