/** A time in milliseconds as the presenter's timer shows it. Below zero, the sign stands before its first part. */
export function timerParts(time: number): { h: string, m: string, s: string, ms: string } {
  const sign = time < 0 ? '-' : ''
  const left = Math.abs(time)
  const [hours, minutes, seconds] = [Math.floor(left / 3_600_000), Math.floor(left / 60_000) % 60, Math.floor(left / 1000) % 60]
  return {
    h: hours ? sign + String(hours) : '',
    m: hours ? String(minutes).padStart(2, '0') : sign + String(minutes),
    s: String(seconds).padStart(2, '0'),
    ms: String(Math.floor(left % 1000 / 100)),
  }
}
