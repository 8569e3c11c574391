/** Width of every slide: PowerPoint's own for a wide screen, 13 1/3 inches, in EMU. */
export const SLIDE_WIDTH = 12_192_000
const EMU_PER_POINT = 12_700

/** Takes px of a deck's canvas to the units of Office. */
export class Units {
  readonly slideHeight: number
  private readonly emuPerPx: number

  /** @param ratio width by height. */
  constructor(canvasWidth: number, ratio: number) {
    this.emuPerPx = SLIDE_WIDTH / canvasWidth
    this.slideHeight = Math.round(SLIDE_WIDTH / ratio)
  }

  /** A length in English Metric Units. */
  emu(px: number): number {
    return Math.round(px * this.emuPerPx)
  }

  /** A size of type, or a space between lines, in hundredths of a point: to a tenth of one, as PowerPoint shows sizes. */
  points(px: number): number {
    return Math.round(px * this.emuPerPx / EMU_PER_POINT * 10) * 10
  }
}

/** A part as thousandths of a percent. */
export const percent = (part: number) => Math.round(part * 100_000)
