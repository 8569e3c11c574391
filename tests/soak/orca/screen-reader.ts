import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quietly } from 'slidev-addon-deck/browser'
import { x } from 'tinyexec'
import { startScreen } from '../../helpers/screen.ts'

/** How long nothing is said until all is said, and how long anything may take to be said, in milliseconds. */
const QUIET = 2500
const PATIENCE = 60_000
/** Where the voice writes down what it is given. */
const SPOKEN = 'spoken.txt'
/** Orca neither echoes the keys that are pressed nor begins to read a page to its end. */
const SETTINGS = {
  general: { startingProfile: ['Default', 'default'] },
  profiles: { default: { profile: ['Default', 'default'], enableKeyEcho: false, sayAllOnLoad: false, pronunciations: {}, keybindings: {} } },
  pronunciations: {},
  keybindings: {},
}

/** Firefox tells everything to a screen reader, and opens nothing of its own. */
const PREFERENCES = {
  'accessibility.force_disabled': -1,
  'browser.aboutwelcome.enabled': false,
  'browser.preonboarding.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'termsofuse.bypassNotification': true,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
}

/** How each browser that Orca is tested with is started, in a folder of its own. */
const BROWSERS = {
  Firefox: (room: string) => ['firefox-esr', '--no-remote', '--profile', join(room, 'profile')],
  // The whole one: it takes a window to be read.
  Chromium: (room: string) => ['chromium', ...quietly({ args: ['--force-renderer-accessibility', '--no-default-browser-check', '--disable-gpu', `--user-data-dir=${join(room, 'chromium')}`] }).args],
} as const
export type HeardBrowser = keyof typeof BROWSERS
export const heardBrowsers = Object.keys(BROWSERS) as HeardBrowser[]

/** Orca with a browser, on a screen that nobody sees and with a voice that nobody hears. */
export class ScreenReader {
  private readonly room: string
  private readonly screen: ChildProcess
  private readonly session: ChildProcess
  private readonly display: string
  private heard = 0

  private constructor(room: string, screen: ChildProcess, session: ChildProcess, display: string) {
    this.room = room
    this.screen = screen
    this.session = session
    this.display = display
  }

  /** Opens a page in a browser. @throws where Orca, the browser or the screen does not start. */
  static async open(browser: HeardBrowser, address: string): Promise<ScreenReader> {
    const room = await mkdtemp(join(tmpdir(), 'deck-orca-'))
    await furnish(room)
    const { screen, display: coming } = startScreen('Xvfb', '1280x800')
    const display = await coming
    const log = await open(join(room, 'session.log'), 'w')
    const session = spawn(join(import.meta.dirname, 'session.sh'), [...BROWSERS[browser](room), address], {
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own, which ends as a whole.
      detached: true,
      env: {
        PATH: process.env['PATH'],
        HOME: room,
        XDG_RUNTIME_DIR: join(room, 'runtime'),
        DISPLAY: display,
        LANG: 'C.UTF-8',
        ROOM: room,
        SPOKEN: join(room, SPOKEN),
        DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(room, 'bus')}`,
        SPEECHD_ADDRESS: `unix_socket:${join(room, 'speech')}`,
        // It would outlive the session.
        MOZ_CRASHREPORTER_DISABLE: '1',
        // What a desktop's settings would tell Firefox.
        GNOME_ACCESSIBILITY: '1',
      },
    })
    await log.close()
    return new ScreenReader(room, screen, session, display)
  }

  /** What has been said since this was last asked, an utterance each, once all is said. */
  async listen(): Promise<string[]> {
    const spoken = () => readFile(join(this.room, SPOKEN), 'utf8').catch(() => '')
    const start = Date.now()
    let [text, since] = [await spoken(), start]
    while (Date.now() - since < QUIET && Date.now() - start < PATIENCE) {
      await new Promise(done => setTimeout(done, 100))
      const now = await spoken()
      if (now !== text) [text, since] = [now, Date.now()]
    }
    const lines = text.split('\n').map(line => line.trim()).filter(Boolean)
    const fresh = lines.slice(this.heard)
    this.heard = lines.length
    return fresh
  }

  /** Waits until something is said that has a text in it, and then until all is said. @throws where it is not. */
  async listenFor(text: string): Promise<string[]> {
    const all: string[] = []
    for (const start = Date.now(); !all.some(each => each.includes(text));) {
      if (Date.now() - start > PATIENCE) throw new Error(`“${text}” was not said within ${PATIENCE / 1000} s, but: ${all.join(' | ')}\n${await readFile(join(this.room, 'session.log'), 'utf8')}`)
      all.push(...await this.listen())
    }
    return all
  }

  /**
   * Presses a key, by its name for X, like `Next` or `ctrl+Home`; with Orca's own key, `Insert+a`.
   * @returns what was said then.
   */
  async press(key: string): Promise<string[]> {
    const [held, pressed = ''] = key.startsWith('Insert+') ? key.split('+') : []
    await x('xdotool', held ? ['keydown', held, 'key', pressed, 'keyup', held] : ['key', key], { throwOnError: true, nodeOptions: { env: { DISPLAY: this.display } } })
    return this.listen()
  }

  async close(): Promise<void> {
    await ended(this.session, () => this.session.pid && process.kill(-this.session.pid))
    await ended(this.screen, () => this.screen.kill())
    await rm(this.room, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Ends a process, if it still runs, and waits until it has ended. */
const ended = (child: ChildProcess, end: () => unknown) => new Promise<void>((done) => {
  if (child.exitCode !== null || child.signalCode !== null) return done()
  child.once('exit', () => done())
  end()
})

/** Writes down what the programs of a session go by. */
async function furnish(room: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    'profile/user.js': Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''),
    'speech-dispatcher/speechd.conf': 'LogLevel 2\nLogDir "default"\nAudioOutputMethod "alsa"\nDefaultLanguage "en-US"\nAddModule "written" "sd_generic" "written.conf"\nDefaultModule written\n',
    'speech-dispatcher/modules/written.conf': `GenericExecuteSynth "$HOME/voice.sh \\'$DATA\\'"
GenericCmdDependency "sleep"
${['en', 'zh'].map(language => `GenericLanguage "${language}" "${language}" "utf-8"\nAddVoice "${language}" "MALE1" "none"\n`).join('')}`,
    '.local/share/orca/user-settings.conf': JSON.stringify(SETTINGS),
    // There is no sound card.
    '.asoundrc': 'pcm.!default { type null }\nctl.!default { type null }\n',
  }
  for (const folder of ['profile', 'speech-dispatcher/modules', '.local/share/orca', 'runtime']) await mkdir(join(room, folder), { recursive: true })
  await chmod(join(room, 'runtime'), 0o700)
  for (const [name, text] of Object.entries(files)) await writeFile(join(room, name), text)
  await copyFile(join(import.meta.dirname, 'voice.sh'), join(room, 'voice.sh'))
}
