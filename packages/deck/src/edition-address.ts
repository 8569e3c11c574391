import type { Edition } from './editions.ts'

/**
 * The address, on the same host, of a slide and click in another edition of a build.
 * @param base base path of the edition being shown, with a slash at both ends
 * @param slide the slide's id, the same in every edition
 * @param clicks clicks already made on it
 * @throws where the base path is not that of the edition
 */
export function editionAddress(base: string, from: Edition, to: Edition, slide: string, clicks: number): string {
  const own = from.folder && `${from.folder}/`
  if (!base.endsWith(`/${own}`)) throw new Error(`The edition "${from.language}" stands at ${base}, not below /${own}.`)
  const root = base.slice(0, base.length - own.length)
  return `${root}${to.folder && `${to.folder}/`}${slide && `${slide}/`}${clicks > 0 ? `?clicks=${clicks}` : ''}`
}

/**
 * The address of a slide and click in another edition that is a file in the same folder.
 * @param file the file's name
 * @param slide the slide's id or number, the same in every edition
 * @param clicks clicks already made on it
 */
export function fileAddress(file: string, slide: string | number, clicks: number): string {
  return `${encodeURIComponent(file)}#/${slide}${clicks > 0 ? `?clicks=${clicks}` : ''}`
}
