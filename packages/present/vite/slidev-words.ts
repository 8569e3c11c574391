import type { Language } from 'slidev-addon-deck/editions'
import type { Patch } from './slidev-patches.ts'

/** What stands in a file of Slidev's client, with the quotes or tags around it, and what stands there instead. */
type Words = readonly (readonly [find: string, put: string])[]

const chinese: Readonly<Record<string, Words>> = {
  'internals/NavControls.vue': [
    ['"Presentation controls"', '"放映控制"'],
    ["'Close fullscreen' : 'Enter fullscreen'", "'退出全屏' : '全屏'"],
    ['"Go to previous slide"', '"上一步"'],
    ['"Go to next slide"', '"下一步"'],
    ['"Show slide overview"', '"总览"'],
    ["'Switch to light mode theme' : 'Switch to dark mode theme'", "'改用浅色' : '改用深色'"],
    ["'Disable laser pointer' : 'Enable laser pointer'", "'收起激光笔' : '用激光笔'"],
    ["'Hide presenter cursor' : 'Show presenter cursor'", "'隐藏指针' : '显示指针'"],
    ["'Hide drawing toolbar' : 'Show drawing toolbar'", "'收起画笔' : '打开画笔'"],
    ['"Play Mode"', '"退出演讲者视图"'],
    ['"Presenter Mode"', '"演讲者视图"'],
    ['"Show info"', '"按键与说明"'],
    ['"Toggle Presenter Layout"', '"换一种布局"'],
    ['"More Options"', '"更多选项"'],
  ],
  'internals/SyncControls.vue': [
    ['"Change sync settings"', '"同步设置"'],
    ['>Slides navigation syncing for <', '>翻页同步：<'],
    ["'presenter' : 'viewer' }}", "'演讲者' : '观众' }}"],
    ['"Sync Mode"', '"同步方式"'],
    ["'Bidirectional Sync'", "'双向'"],
    ["'Receive Only'", "'只接收'"],
    ["'Send Only'", "'只发送'"],
    ["'Disable'", "'关闭'"],
  ],
  'internals/Settings.vue': [
    ['"Invert"', '"反色"'],
    ['"Brightness"', '"亮度"'],
    ['"Contrast"', '"对比度"'],
    ['"Saturation"', '"饱和度"'],
    ['"Sepia"', '"暖褐"'],
    ['"Hue Rotate"', '"色相"'],
    ['"Cursor Style"', '"指针样式"'],
    ["'Cursor'", "'指针'"],
    ["'Laser'", "'激光'"],
    ['"Slide Scale"', '"页面大小"'],
    ["'Fit'", "'适合窗口'"],
    ['"Wake Lock"', '"屏幕常亮"'],
    ['"Hide Idle Cursor"', '"静止时隐藏指针"'],
  ],
  'internals/Goto.vue': [
    ['"Go to a slide"', '"跳到某页"'],
    ['"Goto..."', '"页码或标题"'],
    ['"Number or words of a headline"', '"页码或标题里的字"'],
    ['"Slides found"', '"找到的页"'],
  ],
  'internals/QuickOverview.vue': [
    ['        Overview of the slides', '        各页总览'],
    ['aria-label="Overview"', 'aria-label="总览"'],
    ['"Close"', '"关闭"'],
    ['"Slides Overview"', '"各页与讲稿"'],
  ],
  'internals/TimerInlined.vue': [
    ["'Pause the timer' : 'Start the timer'", "'暂停计时' : '开始计时'"],
    ['"Reset the timer"', '"计时归零"'],
  ],
  'internals/NoteDisplay.vue': [["'No notes.'", "'没有讲稿。'"]],
  'internals/ClicksSlider.vue': [['`Clicks in this slide: ${length}`', '`本页步数：${length}`']],
  'pages/notes.vue': [
    ['      Notes\n', '      讲稿\n'],
    ['aria-label="Notes"', 'aria-label="讲稿"'],
    ["'Close fullscreen' : 'Enter fullscreen'", "'退出全屏' : '全屏'"],
    ['"Increase font size"', '"放大字号"'],
    ['"Decrease font size"', '"缩小字号"'],
    ['"Edit notes"', '"编辑讲稿"'],
    ['"Help"', '"说明"'],
    ['> Help\n', '> 说明\n'],
    ["This is the hands-free live notes viewer.", '这里不用动手就能看讲稿。'],
    ["It's designed to be used in a separate view or device. The progress is controlled by and auto synced with the main presenter or slide.", '放在另一个窗口或设备上，随放映和演讲者视图自动翻页。'],
    ['        Close\n', '        关闭\n'],
  ],
  'pages/overview.vue': [
    ['"Size of the deck"', '"篇幅"'],
    ["'Switch to light mode theme' : 'Switch to dark mode theme'", "'改用浅色' : '改用深色'"],
    ["'Dark mode' : 'Light mode'", "'深色' : '浅色'"],
    ['"Play in new tab"', '"在新标签页放映"'],
    ['"Open in editor"', '"在编辑器中打开"'],
    ['} slides ·', '} 页 ·'],
    ['} clicks ·', '} 步 ·'],
    ['{{ totalWords }} words', '{{ totalWords }} 词'],
    ['} words\n        </div>\n      </div>', '} 词\n        </div>\n      </div>'],
  ],
  'pages/presenter.vue': [
    ['>Current<', '>当前<'],
    ["'Slides'", "'页面'"],
    ["'Screen Mirror'", "'屏幕镜像'"],
    ['          End of the presentation', '          放映结束'],
    ['          Next\n', '          接下来\n'],
    ['"Increase font size"', '"放大字号"'],
    ['"Decrease font size"', '"缩小字号"'],
    ['"Edit Notes"', '"编辑讲稿"'],
  ],
}

/** What Slidev's pages say, in the deck's language; they are in English. */
export function translations(language: Language): Patch[] {
  if (language === 'en') return []
  return Object.entries(chinese).flatMap(([file, words]) => words.map(([find, put]): Patch => ({ issue: 'Words in English only', file, find, put })))
}
