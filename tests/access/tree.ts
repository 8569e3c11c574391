import type { CDPSession } from 'playwright-chromium'

/** The part of Chromium's accessibility node that is told. */
interface Node {
  nodeId: string
  parentId?: string
  childIds?: string[]
  backendDOMNodeId?: number
  ignored: boolean
  role?: { value?: unknown }
  name?: { value?: unknown }
  description?: { value?: unknown }
  value?: { value?: unknown }
  properties?: { name: string, value: { value?: unknown } }[]
}

/** What screen readers pass over in silence. */
const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'LineBreak', 'RootWebArea', 'ListMarker'])
/** Whose name is its text: that is not told a second time. */
const NAMED_BY_TEXT = new Set(['heading', 'link', 'button', 'option', 'radio', 'rowheader', 'columnheader', 'term', 'definition'])
/** States worth telling, in this order. */
const STATES = ['level', 'expanded', 'checked', 'pressed', 'disabled', 'modal', 'hasPopup', 'current']

const text = (value: { value?: unknown } | undefined) => String(value?.value ?? '').replace(/\s+/g, ' ').trim()

/**
 * What a screen reader finds below an element, a line each: role, “name”, description, states; text as it is.
 * @param selector the element; one that is not there is told as nothing.
 */
export async function readTree(cdp: CDPSession, selector: string): Promise<string[]> {
  const { nodes } = await cdp.send('Accessibility.getFullAXTree') as { nodes: Node[] }
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const { root } = await cdp.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  if (!nodeId) return []
  const { node: { backendNodeId } } = await cdp.send('DOM.describeNode', { nodeId })
  const start = nodes.find(node => node.backendDOMNodeId === backendNodeId)
  const lines: string[] = []

  function tell(node: Node, depth: number): void {
    const role = text(node.role)
    const isSilent = node.ignored || SILENT.has(role)
    const indent = '  '.repeat(depth)
    if (role === 'StaticText' && !node.ignored) {
      if (text(node.name)) lines.push(indent + text(node.name))
      return
    }
    if (!isSilent) {
      const property = (name: string) => node.properties?.find(each => each.name === name)?.value.value
      const states = STATES.flatMap((name) => {
        const value = property(name)
        return value === undefined || value === false || value === 'false' ? [] : [value === true || value === 'true' ? name : `${name} ${value}`]
      })
      // Chromium hands this one over byte by byte.
      const kind = Buffer.from(String(property('roledescription') ?? ''), 'latin1').toString('utf8')
      const description = text(node.description)
      lines.push(indent + [kind ? `${role} (${kind})` : role, text(node.name) && `“${text(node.name)}”`, description && `— ${description}`, states.length > 0 && `[${states.join(', ')}]`].filter(Boolean).join(' '))
    }
    const isTold = !isSilent && NAMED_BY_TEXT.has(role) && text(node.name)
    for (const id of node.childIds ?? []) {
      const child = byId.get(id)
      if (child && !(isTold && isPlain(child))) tell(child, isSilent ? depth : depth + 1)
    }
  }

  /** Whether there is nothing but text in it. */
  function isPlain(node: Node): boolean {
    return node.ignored || SILENT.has(text(node.role)) || text(node.role) === 'StaticText'
      ? (node.childIds ?? []).every(id => isPlain(byId.get(id) ?? node))
      : false
  }

  if (start) tell(start, 0)
  return lines
}
