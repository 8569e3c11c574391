import { strToU8, zipSync, type Zippable } from 'fflate'
import { el, file, type Xml } from './xml.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships'
/** Every file's time in the archive, which bears the machine's own: what a build holds says nothing of when it was packed. */
const TIME = new Date(1980, 0, 1, 12)

/** The relationships of one part: what it names by an id. */
export class Relationships {
  private readonly ids = new Map<string, string>()
  private readonly entries: Xml[] = []

  /**
   * @param type the last part of its address, or all of it.
   * @param target the part it leads to, from the package's root, or an address.
   * @returns the id, the same for the same target.
   */
  id(type: string, target: string, isExternal = false): string {
    const key = `${type} ${target}`
    const known = this.ids.get(key)
    if (known) return known
    const id = `rId${this.ids.size + 1}`
    this.ids.set(key, id)
    this.entries.push(el('Relationship', { Id: id, Type: type.includes('/') ? type : `${RELATIONSHIPS}/${type}`, Target: isExternal ? target : `/${target}`, TargetMode: isExternal ? 'External' : undefined }))
    return id
  }

  get xml(): Xml | undefined {
    return this.entries.length > 0 ? el('Relationships', { xmlns: PACKAGE_RELATIONSHIPS }, this.entries) : undefined
  }
}

/** An Office file: its parts with their types and relationships. */
export class OfficePackage {
  private readonly files = new Map<string, string | Uint8Array>()
  private readonly types: Xml[] = []

  /** Adds a part. @param path from the package's root. */
  add(path: string, type: string, root: Xml, relationships?: Relationships): void {
    this.files.set(path, file(root))
    this.types.push(el('Override', { PartName: `/${path}`, ContentType: type }))
    const related = relationships?.xml
    if (related) this.files.set(path.replace(/([^/]+)$/, '_rels/$1.rels'), file(related))
  }

  /** Adds a picture. */
  addPng(path: string, bytes: Uint8Array): void {
    this.files.set(path, bytes)
  }

  /** The package as a file: the same parts give the same bytes. @param root what the whole package names. */
  bytes(root: Relationships): Uint8Array {
    const types = el('Types', { xmlns: 'http://schemas.openxmlformats.org/package/2006/content-types' }, [
      el('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }),
      el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
      el('Default', { Extension: 'png', ContentType: 'image/png' }),
      ...this.types,
    ])
    const files: Zippable = {}
    const add = (path: string, content: string | Uint8Array) => files[path] = typeof content === 'string' ? strToU8(content) : content
    add('[Content_Types].xml', file(types))
    if (root.xml) add('_rels/.rels', file(root.xml))
    for (const [path, content] of this.files) add(path, content)
    return zipSync(files, { level: 6, mtime: TIME })
  }
}
