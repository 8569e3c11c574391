import type { Changes } from '../mend.ts'

/** Every patch for accessibility, by its section in docs/upstream.md. */
export const accessibility: Readonly<Record<string, Changes>> = {
  'Buttons within buttons': {
    'internals/MenuButton.vue': [
      ['<button :class="{ disabled }" @click="value = !value">', '<div class="flex" :class="{ disabled }" @click="value = !value">'],
      ['</button>', '</div>'],
      ['<div ref="el" class="flex relative">', '<div ref="el" class="flex relative" @keydown.esc.stop="value = false; el?.querySelector(\'button\')?.focus()">'],
    ],
    'internals/NavControls.vue': [
      ['<IconButton title="More Options" :active="value">', '<IconButton title="More Options" :active="value" :aria-expanded="value">'],
    ],
    'internals/SyncControls.vue': [
      ['<template #button>', '<template #button="{ value }">'],
      ['title="Change sync settings"', 'title="Change sync settings" :aria-expanded="value"'],
    ],
  },
  'No main landmark': {
    'pages/play.vue': [
      ['<div\n    id="page-root"', '<main\n    tabindex="-1" id="page-root"'],
      ['  </div>\n  <Controls', '  </main>\n  <Controls'],
    ],
    'pages/presenter.vue': [
      ['<div class="bg-main h-full slidev-presenter', '<main tabindex="-1" class="bg-main h-full slidev-presenter'],
      ['  </div>\n  <Goto', '  </main>\n  <Goto'],
    ],
    'internals/NavControls.vue': [
      ['<nav ref="root"', '<nav ref="root" aria-label="Presentation controls"'],
    ],
    'pages/notes.vue': [
      ['<div class="h-full flex flex-col">\n', '<main class="h-full flex flex-col">\n    <h1 class="sr-only">\n      Notes\n    </h1>\n'],
      ['  </div>\n</template>', '  </main>\n</template>'],
      ['ref="scroller"\n', 'ref="scroller" tabindex="0" role="region" aria-label="Notes"\n'],
    ],
    'pages/overview.vue': [
      ['class="absolute z-2 top-0 right-0', 'role="complementary" aria-label="Size of the deck" class="absolute z-2 top-0 right-0'],
    ],
  },
  // The title itself: global-bottom.vue.
  'One title for all slides': { 'pages/presenter.vue': [['useHead({ title: `Presenter - ${slidesTitle}` })\n', '']] },
  'Keys dead after a button': {
    'logic/shortcuts.ts': [
      ["import { and, not } from '@vueuse/math'", "import { and, not, or } from '@vueuse/math'"],
      ['not(isOnFocus)', 'not(and(isOnFocus, or(magicKeys.space, magicKeys.enter)))'],
    ],
  },
  'Hidden go-to dialog': {
    'internals/Goto.vue': [
      ['ref="container"\n', 'ref="container" role="dialog" aria-label="Go to a slide" :inert="!showGotoDialog"\n'],
      ['placeholder="Goto..."', 'placeholder="Goto..." aria-label="Number or words of a headline" role="combobox" aria-autocomplete="list" aria-controls="slidev-goto-list" :aria-expanded="valid" :aria-activedescendant="valid ? `slidev-goto-${selectedIndex}` : undefined"'],
      ['ref="list"\n', 'id="slidev-goto-list" ref="list" role="listbox" aria-label="Slides found"\n'],
      ['<ul table', '<ul role="presentation" table'],
      ['role="button"\n          tabindex="0"', ':id="`slidev-goto-${index}`" role="option" :aria-selected="selectedIndex === index" tabindex="-1"'],
    ],
  },
  'Smooth scrolling regardless of preference': {
    'internals/Goto.vue': [["behavior: 'smooth'", "behavior: 'auto'", 2]],
    'internals/NoteDisplay.vue': [["behavior: 'smooth'", "behavior: 'auto'"]],
  },
  'Overview for the mouse only': {
    'internals/QuickOverview.vue': [
      ['const keyboardBuffer = ref', "import { choiceName, followChoice } from '#present/client/overview.ts'\nfollowChoice(showOverview, currentOverviewPage)\n\nconst keyboardBuffer = ref"],
      ['v-if="showOverview"\n', 'v-if="showOverview" role="dialog" aria-labelledby="slidev-overview-title"\n'],
      ['      <div\n        class="grid', '      <h1 id="slidev-overview-title" class="sr-only">\n        Overview of the slides\n      </h1>\n      <div\n        class="grid'],
      ['class="inline-block border', 'class="relative inline-block border'],
      [':use-snapshot="true"', ':use-snapshot="true" inert aria-hidden="true"'],
      ['            </SlideContainer>\n', `            </SlideContainer>
            <button
              :id="\`slidev-overview-\${idx + 1}\`"
              type="button"
              class="slidev-overview-choice absolute inset-0 w-full h-full"
              :aria-label="choiceName(route.no)"
              :aria-current="currentSlideNo === route.no ? 'page' : undefined"
              :tabindex="currentOverviewPage === idx + 1 ? 0 : -1"
              @focus="currentOverviewPage = idx + 1"
            />
`],
      ['class="absolute top-0"', 'class="slidev-overview-number absolute top-0" aria-hidden="true"'],
      ['<div\n    v-show="showOverview"', '<nav\n    aria-label="Overview" v-show="showOverview"'],
      ['  </div>\n</template>', '  </nav>\n</template>'],
    ],
  },
  'Presenter view for the mouse only': {
    'internals/TimerInlined.vue': [
      ['<div class="relative op-80 hover:op-100" @click="toggle">', '<button type="button" class="relative op-80 hover:op-100" :aria-label="status === \'running\' ? \'Pause the timer\' : \'Start the timer\'" @click="toggle">'],
      ['        </div>\n        <div class="op-80 hover:op-100" @click="reset">', '        </button>\n        <button type="button" class="op-80 hover:op-100" aria-label="Reset the timer" @click="reset">'],
      ['<div class="i-carbon:renew" />\n        </div>', '<div class="i-carbon:renew" />\n        </button>'],
      // Out of sight, but in the order of focus; shown with the pointer or the focus on them.
      ['"group-not-hover:hidden ', '"timer-controls '],
      ['"w-22px cursor-pointer"', '"w-22px"'],
      ['"group-hover:hidden ', '"timer-icon '],
    ],
    'pages/presenter.vue': [
      [':key="`edit-${currentSlideNo}`"', ':key="`edit-${currentSlideNo}`" tabindex="0" role="region" aria-label="Notes"'],
      [':key="`static-${currentSlideNo}`"', ':key="`static-${currentSlideNo}`" tabindex="0" role="region" aria-label="Notes"'],
    ],
    'internals/ClicksSlider.vue': [
      ['class="flex gap-1 select-none"', 'class="flex gap-1 select-none" role="img" :aria-label="`${Math.max(0, current)} / ${total}`"'],
    ],
  },
  'Controls without role or state': {
    'internals/IconButton.vue': [
      [':to="to"', ':to="to" :type="type === \'button\' ? \'button\' : undefined" :aria-disabled="disabled || undefined"'],
    ],
    'internals/SelectList.vue': [
      ['<div class="items">', '<div class="items" role="radiogroup" :aria-label="title">'],
      ['<div\n        v-for="item of items"', '<button\n        type="button" role="radio" :aria-checked="value === item.value" v-for="item of items"'],
      ['class="item"', 'class="item w-full"'],
      ['        </div>\n      </div>', '        </div>\n      </button>'],
    ],
  },
  'No list of keys': {
    'internals/Controls.vue': [
      ['  <InfoDialog v-if="configs.info" v-model="showInfoDialog" />\n', ''],
      ["import InfoDialog from './InfoDialog.vue'\n", ''],
    ],
    'internals/NavControls.vue': [
      ['v-if="!isPresenter && configs.info && !isEmbedded"', 'v-if="!isEmbedded"'],
    ],
  },
}
