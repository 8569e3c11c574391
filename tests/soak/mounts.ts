import { spawn } from 'node:child_process'
import { DECK, type Finished, type Project } from '../helpers/project.ts'

/** Where the disk of its own is that a command gets. */
export interface Disk {
  /** An empty folder: what is mounted there is seen by the command and `after` only, and gone when they end. */
  folder: string
  /** Its size, as mount takes it: 200k, 1m. */
  size: string
  /** Shell commands that fill it before the command runs. */
  before?: string
  /** Whether it can only be read then. */
  readOnly?: boolean
}

/** A command's end, and what `find` and `head` tell of the disk after it. */
export interface Aftermath extends Finished {
  /** Its files and folders, with `:` and the first line of each file. */
  left: string[]
}

const MARK = '--- what is left ---'

/**
 * Runs a command of `deck` in a project with file systems mounted for it alone, in a mount namespace of its own: as root, else as root of a user namespace.
 * @throws where the system lets nobody mount: the message says so.
 */
async function runMounted(project: Project, mounts: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv, after = ''): Promise<Finished> {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  const shell = `set -e\n${mounts}\ncd "$1"\nshift\nset +e\necho mounted\n"$@"\ncode=$?\n${after}\nexit $code`
  const child = spawn('unshare', [...user, '--mount', 'sh', '-c', shell, 'sh', project.root, process.execPath, DECK, command, ...args], {
    env: { HOME: project.root, ...env, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
  const finished = await new Promise<Finished>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal, output }))
  })
  if (!output.includes('mounted\n')) throw new Error(`This system mounts nothing for a test (unshare --mount): run as root, with CAP_SYS_ADMIN in a container, or allow user namespaces.\n${output}`)
  return { ...finished, output: output.replace(/[^]*?mounted\n/, '') }
}

/** Runs a command with a small disk of its own. */
export async function runOnDisk(project: Project, { folder, size, before = '', readOnly = false }: Disk, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Aftermath> {
  const mounts = [`mount -t tmpfs -o size=${size} none "${folder}"`, `( cd "${folder}"; ${before || ':'} )`, readOnly ? `mount -o remount,ro "${folder}"` : ''].join('\n')
  const after = `echo; echo "${MARK}"; cd "${folder}"; find . -mindepth 1 | sort | while read -r path; do if [ -f "$path" ]; then echo "$path: $(head -n 1 "$path")"; else echo "$path"; fi; done`
  const { output, ...ended } = await runMounted(project, mounts, command, args, env, after)
  const [said = '', left = ''] = output.split(`${MARK}\n`)
  return { ...ended, output: said.trim(), left: left.split('\n').filter(Boolean) }
}

/** Runs a command in a checkout that can only be read. */
export function runReadOnly(project: Project, command: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return runMounted(project, `mount --bind "${project.root}" "${project.root}"\nmount -o remount,ro,bind "${project.root}"`, command, args, env)
}
