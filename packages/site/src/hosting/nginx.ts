import { mediaTypes, textEndings } from '../media-types.ts'
import { CACHE_CONTROL, hashedFolders, type Header } from '../security-headers.ts'
import { GENERATED } from './generated.ts'

/** A build as nginx serves it. */
export interface NginxSite {
  headers: readonly Header[]
  /** Address of the build, with a slash at both ends; its files stand in the same folder below `root`. */
  base: string
  root: string
  port: number
}

/**
 * A server block for Debian's nginx (1.22 or later, with libnginx-mod-http-brotli-static).
 * Every header is set at one level: a location with an `add_header` of its own would lose all of them.
 */
export function nginxServer({ headers, base, root, port }: NginxSite): string {
  const types = Object.entries(mediaTypes).map(([ending, type]) => `        ${type} ${ending};`)
  const texts = textEndings.filter(ending => ending !== 'html').map(ending => mediaTypes[ending]).join(' ')
  // Only for what was found: an error below assets/ must not be kept for a year.
  const cached = hashedFolders.map(folder => `    "~^(?:200|206|304) ${escapeRegExp(`${base}${folder}`)}" "${CACHE_CONTROL.hashed}";`)
  return `# ${GENERATED}
# For Debian's nginx: apt-get install nginx libnginx-mod-http-brotli-static
# The build stands in ${root}${base}

map "$status $uri" $talk_cache_control {
    default "${CACHE_CONTROL.other}";
${cached.join('\n')}
}

server {
    listen ${port};
    server_name _;
    root ${root};
    index index.html;
    server_tokens off;
    absolute_redirect off;

    types {
${types.join('\n')}
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types ${texts};

    # Files with .br or .gz beside them (npm run build -- --precompress) go out as they are, others are compressed when asked for.
    brotli_static on;
    gzip_static on;
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 1024;
    gzip_types ${texts};

    # No location below may have an add_header: it would replace all of these.
${headers.map(([name, value]) => `    add_header ${name} "${value}" always;`).join('\n')}
    add_header Cache-Control $talk_cache_control always;

    error_page 404 ${base}404.html;
    # A folder without a page
    error_page 403 =404 ${base}404.html;

    location / {
        try_files $uri $uri/ =404;
    }
}
`
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
