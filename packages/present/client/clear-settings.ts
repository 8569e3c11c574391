// Loaded before the rest of Slidev's client, which reads its settings while it loads: docs/upstream.md.
import { unusableSettings } from './stored-settings.ts'

try {
  for (const key of unusableSettings(Object.entries(localStorage))) localStorage.removeItem(key)
}
catch {
  // A browser that keeps nothing has nothing unusable.
}
