import type {PaneId} from '../view/layout.js';

/**
Where a key is listened for: one scope at a time, and `always` after it. `overlay` is a text over the
panes (help, problems), `usage` the view of usage, `menu` a choice. `typing` is the filter line, `entry` that of tags and notes,
`search` and `palette` have a line of their own: letters typed there are text. `select` is a selection in the detail, `findings` the
list of finds, `filing` shows what is to be archived or deleted, `report` the beginning of a report.
*/
export type Scope =
	| 'panes'
	| 'typing'
	| 'search'
	| 'palette'
	| 'entry'
	| 'overlay'
	| 'usage'
	| 'menu'
	| 'select'
	| 'findings'
	| 'filing'
	| 'report'
	| 'always';

export type KeyGroup =
	| 'Move'
	| 'Panes'
	| 'Find'
	| 'Show'
	| 'Redact'
	| 'Copy'
	| 'Mark and note'
	| 'Go on'
	| 'Program'
	| 'While typing'
	| 'While typing tags, a note or a name'
	| 'In the search'
	| 'In the list of commands'
	| 'In a window'
	| 'In the usage view'
	| 'In a menu'
	| 'While selecting'
	| 'In the list of finds'
	| 'Before archiving or deleting'
	| 'In the preview of a report';

export type Binding = {
	command: string;
	/** Named as `key-names.ts` names them: a character, or a word such as `pageup` and `ctrl-d`; `double-click` is a key too. */
	keys: readonly string[];
	scope: Scope | readonly Scope[];
	/** Panes it works in; all when absent. */
	panes?: readonly PaneId[];
	/** For the help window and the documents: what the key does. */
	help: string;
	/** One or two words for the status line; absent for keys that need no reminder. */
	hint?: string;
	/** Command whose key is shown before this one's, where the two belong together. */
	hintAfter?: string;
	/** Panes whose status line shows the hint; wherever the key works when absent. */
	hintPanes?: readonly PaneId[];
	/** Reminds only while the pane in focus leaves something out. */
	hintWhenHidden?: boolean;
	group: KeyGroup;
	/** One of the few that the README shows. */
	isBasic?: boolean;
};

/** Wherever a line is typed. */
const line = ['typing', 'search', 'palette', 'entry', 'filing'] as const;

/** Every command of the explorer with the keys it has unless a person gives it others. */
export const keyBindings = [
	{command: 'down', keys: ['j', 'down'], scope: 'panes', group: 'Move', help: 'Next row', isBasic: true},
	{command: 'up', keys: ['k', 'up'], scope: 'panes', group: 'Move', help: 'Previous row', isBasic: true},
	{command: 'pageDown', keys: ['pagedown'], scope: 'panes', group: 'Move', help: 'Next page'},
	{
		command: 'spaceDown',
		keys: ['space'],
		scope: 'panes',
		panes: ['prompts', 'events', 'detail'],
		group: 'Move',
		help: 'Next page, except in the sessions pane',
	},
	{command: 'pageUp', keys: ['pageup'], scope: 'panes', group: 'Move', help: 'Previous page'},
	{command: 'halfPageDown', keys: ['ctrl-d'], scope: 'panes', group: 'Move', help: 'Half a page down'},
	{command: 'halfPageUp', keys: ['ctrl-u'], scope: 'panes', group: 'Move', help: 'Half a page up'},
	{command: 'first', keys: ['g', 'home'], scope: 'panes', group: 'Move', help: 'First row'},
	{command: 'last', keys: ['G', 'end'], scope: 'panes', group: 'Move', help: 'Last row'},
	{
		command: 'enter',
		keys: ['enter', 'l', 'right', 'double-click'],
		scope: 'panes',
		panes: ['sessions', 'prompts', 'events'],
		group: 'Panes',
		help: 'Into the selected row',
		hint: 'open',
		isBasic: true,
	},
	{
		command: 'leave',
		keys: ['backspace', 'h', 'left'],
		scope: 'panes',
		group: 'Panes',
		help: 'Clear the filter, or back out',
	},
	{
		command: 'back',
		keys: ['escape'],
		scope: 'panes',
		group: 'Panes',
		help: 'Back to the results of a search, else clear the filter or back out',
		hint: 'back',
		hintPanes: ['prompts', 'events', 'detail'],
		isBasic: true,
	},
	{command: 'nextPane', keys: ['tab'], scope: 'panes', group: 'Panes', help: 'Next pane'},
	{command: 'previousPane', keys: ['shift-tab'], scope: 'panes', group: 'Panes', help: 'Previous pane'},
	{
		command: 'previousPrompt',
		keys: ['['],
		scope: 'panes',
		group: 'Panes',
		help: 'Previous prompt of the session, from any pane',
	},
	{
		command: 'nextPrompt',
		keys: [']'],
		scope: 'panes',
		group: 'Panes',
		help: 'Next prompt of the session, from any pane',
		hint: 'prompt',
		hintAfter: 'previousPrompt',
		hintPanes: ['events', 'detail'],
	},
	{
		command: 'search',
		keys: ['s', 'ctrl-f'],
		scope: 'panes',
		group: 'Find',
		help: 'Search everything: prompts, answers, reasoning, commands, outputs, files',
		hint: 'search',
		isBasic: true,
	},
	{
		command: 'nextHit',
		keys: ['n'],
		scope: 'panes',
		group: 'Find',
		help: 'Next match, then the next result of the search',
	},
	{
		command: 'previousHit',
		keys: ['N'],
		scope: 'panes',
		group: 'Find',
		help: 'Previous match, then the previous result',
	},
	{
		command: 'palette',
		keys: [':', 'ctrl-p'],
		scope: 'panes',
		group: 'Find',
		help: 'Find a command by its name',
		isBasic: true,
	},
	{
		command: 'filter',
		keys: ['/'],
		scope: 'panes',
		panes: ['sessions', 'prompts', 'events'],
		group: 'Find',
		help: 'Filter the rows of this pane',
		hint: 'filter',
		isBasic: true,
	},
	{
		command: 'sortMenu',
		keys: ['S'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Show',
		help: 'Choose the order of the sessions; the same again turns it round',
		hint: 'sort',
	},
	{
		command: 'nextOrder',
		keys: ['>'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Show',
		help: 'Sort the sessions by the next column',
	},
	{
		command: 'previousOrder',
		keys: ['<'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Show',
		help: 'Sort the sessions by the previous column',
	},
	{
		command: 'toggleAutomation',
		keys: ['a'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Show',
		help: 'Show or hide sessions of automation (sub-agents, reviews, title generation)',
		hint: 'automation',
		hintWhenHidden: true,
	},
	{
		command: 'toggleRemoved',
		keys: ['i'],
		scope: 'panes',
		panes: ['prompts', 'events', 'detail'],
		group: 'Show',
		help: 'Show or hide prompts that were rolled back or inherited from a parent',
		hint: 'removed',
		hintWhenHidden: true,
		hintPanes: ['prompts'],
	},
	{
		command: 'toggleTechnical',
		keys: ['z'],
		scope: 'panes',
		panes: ['prompts', 'events', 'detail'],
		group: 'Show',
		help: 'Show or hide technical events (turn settings, token counts, injected context)',
		hint: 'technical',
		hintWhenHidden: true,
		hintPanes: ['events'],
	},
	{
		command: 'follow',
		keys: ['f'],
		scope: 'panes',
		group: 'Show',
		help: 'Follow the session while it is written; again, or any key that moves, ends it',
		hint: 'follow',
		hintPanes: ['sessions', 'prompts'],
	},
	{
		command: 'usage',
		keys: ['u'],
		scope: 'panes',
		group: 'Show',
		help: 'Show token usage and cost, by day, model, repository and more',
		hint: 'usage',
		hintPanes: ['sessions'],
	},
	{
		command: 'toggleReveal',
		keys: ['r'],
		scope: 'panes',
		group: 'Redact',
		help: 'Show what is redacted in this session, or hide it again',
		isBasic: true,
	},
	{
		command: 'openFindings',
		keys: ['R'],
		scope: 'panes',
		group: 'Redact',
		help: 'List what was found in this session, to confirm, show or name it',
	},
	{
		command: 'compare',
		keys: ['D'],
		scope: 'panes',
		panes: ['events', 'detail'],
		group: 'Redact',
		help: 'Show the event as it is beside what would leave of it',
	},
	{
		command: 'select',
		keys: ['v'],
		scope: 'panes',
		panes: ['events', 'detail'],
		group: 'Redact',
		help: 'Select words, lines, the event or the prompt, to redact them',
	},
	{
		command: 'copyExchange',
		keys: ['c'],
		scope: 'panes',
		panes: ['prompts', 'events', 'detail'],
		group: 'Copy',
		help: 'Copy the prompt with its answers and tool calls, or as much as was chosen last, as Markdown, redacted',
		hint: 'copy',
		hintPanes: ['prompts', 'detail'],
	},
	{
		command: 'copyMenu',
		keys: ['C'],
		scope: 'panes',
		group: 'Copy',
		help: 'Choose what to copy, redacted: event, prompt, answer, exchange, code, command, diff, id, path',
	},
	{
		command: 'copyIds',
		keys: ['Y'],
		scope: 'panes',
		group: 'Copy',
		help: 'Copy the ids of the marked sessions, or of the selected one',
	},
	{command: 'themeMenu', keys: ['T'], scope: 'panes', group: 'Show', help: 'Choose the colours'},
	{command: 'problems', keys: ['p'], scope: 'panes', group: 'Show', help: 'List what could not be read'},
	{
		command: 'toggleMark',
		keys: ['space'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Mark and note',
		help: 'Mark the session or take its mark away, and go on; backing out takes all away',
	},
	{
		command: 'editTags',
		keys: ['t'],
		scope: 'panes',
		group: 'Mark and note',
		help: 'Edit the tags of the session, or of all that are marked',
		hint: 'tags',
		hintPanes: ['sessions'],
	},
	{
		command: 'editNote',
		keys: ['m'],
		scope: 'panes',
		group: 'Mark and note',
		help: 'Edit the note of the session, prompt or event',
		hint: 'note',
	},
	{
		command: 'openDispositions',
		keys: ['d'],
		scope: 'panes',
		panes: ['prompts'],
		group: 'Mark and note',
		help: 'Say what became of the prompt: followed, ignored, needs review',
		hint: 'judge',
	},
	{
		command: 'toggleBookmark',
		keys: ['b'],
		scope: 'panes',
		panes: ['events', 'detail'],
		group: 'Mark and note',
		help: 'Bookmark the event, or take the bookmark away',
		hint: 'bookmark',
	},
	{
		command: 'resume',
		keys: ['o'],
		scope: 'panes',
		group: 'Go on',
		help: 'Go on with the session in Codex, in its folder',
		hint: 'resume',
		hintPanes: ['sessions'],
	},
	{
		command: 'copyResume',
		keys: ['y'],
		scope: 'panes',
		group: 'Copy',
		help: 'Copy the command that resumes the session',
	},
	{
		command: 'openText',
		keys: ['e'],
		scope: 'panes',
		group: 'Go on',
		help: 'Open the event, redacted, in $VISUAL, $EDITOR or $PAGER; in the sessions and prompts panes the log, as it is',
	},
	{
		command: 'openFiling',
		keys: ['x'],
		scope: 'panes',
		panes: ['sessions'],
		group: 'Go on',
		help: 'Have Codex archive or delete the session, after a look at what would go',
	},
	{
		command: 'openReport',
		keys: ['w'],
		scope: 'panes',
		group: 'Go on',
		help: 'Write a report on the event, the prompt, the session or several, redacted, after a look at it',
		hint: 'report',
		hintPanes: ['sessions'],
	},
	{command: 'help', keys: ['?'], scope: 'panes', group: 'Program', help: 'Show the keys', hint: 'help', isBasic: true},
	{command: 'quit', keys: ['q'], scope: 'panes', group: 'Program', help: 'Quit', hint: 'quit', isBasic: true},
	{command: 'quitAnywhere', keys: ['ctrl-c'], scope: 'always', group: 'Program', help: 'Quit from anywhere'},

	{
		command: 'keepFilter',
		keys: ['enter'],
		scope: 'typing',
		group: 'While typing',
		help: 'Keep the filter',
		hint: 'keep',
	},
	{
		command: 'clearFilter',
		keys: ['escape'],
		scope: 'typing',
		group: 'While typing',
		help: 'Clear the filter',
		hint: 'clear',
	},
	{command: 'typingDown', keys: ['down'], scope: 'typing', group: 'While typing', help: 'Next match'},
	{command: 'typingUp', keys: ['up'], scope: 'typing', group: 'While typing', help: 'Previous match'},
	{
		command: 'deleteBefore',
		keys: ['backspace'],
		scope: line,
		group: 'While typing',
		help: 'Delete a character; in an empty filter, stop typing',
	},
	{
		command: 'deleteAfter',
		keys: ['delete'],
		scope: line,
		group: 'While typing',
		help: 'Delete the next one',
	},
	{command: 'deleteWord', keys: ['ctrl-w'], scope: line, group: 'While typing', help: 'Delete a word'},
	{
		command: 'deleteToStart',
		keys: ['ctrl-u'],
		scope: line,
		group: 'While typing',
		help: 'Delete to the start',
	},
	{command: 'caretLeft', keys: ['left'], scope: line, group: 'While typing', help: 'Caret left'},
	{command: 'caretRight', keys: ['right'], scope: line, group: 'While typing', help: 'Caret right'},
	{
		command: 'caretStart',
		keys: ['home', 'ctrl-a'],
		scope: line,
		group: 'While typing',
		help: 'Caret to the start',
	},
	{
		command: 'caretEnd',
		keys: ['end', 'ctrl-e'],
		scope: line,
		group: 'While typing',
		help: 'Caret to the end',
	},

	{
		command: 'keepEntry',
		keys: ['enter'],
		scope: 'entry',
		group: 'While typing tags, a note or a name',
		help: 'Keep what is typed',
		hint: 'keep',
	},
	{
		command: 'closeEntry',
		keys: ['escape'],
		scope: 'entry',
		group: 'While typing tags, a note or a name',
		help: 'Leave everything as it was',
		hint: 'cancel',
	},
	{
		command: 'completeEntry',
		keys: ['tab'],
		scope: 'entry',
		group: 'While typing tags, a note or a name',
		help: 'Take the first tag that fits',
	},

	{
		command: 'openHit',
		keys: ['enter', 'double-click'],
		scope: 'search',
		group: 'In the search',
		help: 'Show the result where it stands',
		hint: 'show',
	},
	{
		command: 'closeSearch',
		keys: ['escape'],
		scope: 'search',
		group: 'In the search',
		help: 'Back to where you were',
		hint: 'back',
	},
	{command: 'searchDown', keys: ['down'], scope: 'search', group: 'In the search', help: 'Next result'},
	{
		command: 'searchUp',
		keys: ['up'],
		scope: 'search',
		group: 'In the search',
		help: 'Previous result; from the first one, the query before this',
	},
	{command: 'searchPageDown', keys: ['pagedown', 'ctrl-d'], scope: 'search', group: 'In the search', help: 'Next page'},
	{command: 'searchPageUp', keys: ['pageup'], scope: 'search', group: 'In the search', help: 'Previous page'},
	{
		command: 'completeQuery',
		keys: ['tab'],
		scope: 'search',
		group: 'In the search',
		help: 'Take the first completion',
		hint: 'complete',
	},
	{
		command: 'toggleSearchOrder',
		keys: ['ctrl-o'],
		scope: 'search',
		group: 'In the search',
		help: 'Newest first, or best first',
		hint: 'order',
	},
	{
		command: 'saveView',
		keys: ['ctrl-s'],
		scope: 'search',
		group: 'In the search',
		help: 'Save the query under a name; in an empty search, drop the one selected',
	},
	{
		command: 'toggleInsideWords',
		keys: ['ctrl-t'],
		scope: 'search',
		group: 'In the search',
		help: 'Look inside words too, by reading the logs; again stops it',
		hint: 'inside words',
	},

	{
		command: 'runCommand',
		keys: ['enter', 'double-click'],
		scope: 'palette',
		group: 'In the list of commands',
		help: 'Do it',
		hint: 'do it',
	},
	{
		command: 'closePalette',
		keys: ['escape', 'ctrl-p'],
		scope: 'palette',
		group: 'In the list of commands',
		help: 'Close it',
		hint: 'close',
	},
	{
		command: 'paletteDown',
		keys: ['down', 'ctrl-n'],
		scope: 'palette',
		group: 'In the list of commands',
		help: 'Next command',
	},
	{command: 'paletteUp', keys: ['up'], scope: 'palette', group: 'In the list of commands', help: 'Previous command'},

	{
		command: 'closeOverlay',
		keys: ['escape', 'q', '?', 'enter', 'h', 'left', 'backspace'],
		scope: 'overlay',
		group: 'In a window',
		help: 'Close it',
		hint: 'close',
	},
	{
		command: 'overlayDown',
		keys: ['j', 'down'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'Scroll down',
		hint: 'scroll',
	},
	{
		command: 'overlayUp',
		keys: ['k', 'up'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'Scroll up',
	},
	{
		command: 'overlayPageDown',
		keys: ['pagedown', 'space', 'ctrl-d'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'Next page',
	},
	{
		command: 'overlayPageUp',
		keys: ['pageup', 'ctrl-u'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'Previous page',
	},
	{
		command: 'overlayFirst',
		keys: ['g', 'home'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'First line',
	},
	{
		command: 'overlayLast',
		keys: ['G', 'end'],
		scope: ['overlay', 'usage', 'report'],
		group: 'In a window',
		help: 'Last line',
	},

	{
		command: 'nextGrouping',
		keys: ['right', 'l', 'tab'],
		scope: 'usage',
		group: 'In the usage view',
		help: 'Next grouping: day, week, month, model, repository, session',
		hint: 'group by',
		hintAfter: 'previousGrouping',
	},
	{
		command: 'previousGrouping',
		keys: ['left', 'h', 'shift-tab'],
		scope: 'usage',
		group: 'In the usage view',
		help: 'Previous grouping',
	},
	{
		command: 'closeUsage',
		keys: ['escape', 'q', 'u', 'backspace'],
		scope: 'usage',
		group: 'In the usage view',
		help: 'Close it',
		hint: 'close',
	},

	{command: 'menuDown', keys: ['j', 'down'], scope: 'menu', group: 'In a menu', help: 'Next choice'},
	{command: 'menuUp', keys: ['k', 'up'], scope: 'menu', group: 'In a menu', help: 'Previous choice'},
	{
		command: 'choose',
		keys: ['enter', 'double-click'],
		scope: 'menu',
		group: 'In a menu',
		help: 'Take the choice; so does its number',
	},
	{
		command: 'confirmFiling',
		keys: ['enter'],
		scope: 'filing',
		group: 'Before archiving or deleting',
		help: 'Have Codex do it; to delete, type delete first',
		hint: 'do it',
	},
	{
		command: 'closeFiling',
		keys: ['escape'],
		scope: 'filing',
		group: 'Before archiving or deleting',
		help: 'Leave everything as it is',
		hint: 'leave it',
	},
	{
		command: 'filingDown',
		keys: ['down', 'pagedown'],
		scope: 'filing',
		group: 'Before archiving or deleting',
		help: 'Scroll down',
	},
	{
		command: 'filingUp',
		keys: ['up', 'pageup'],
		scope: 'filing',
		group: 'Before archiving or deleting',
		help: 'Scroll up',
	},
	{
		command: 'nameReport',
		keys: ['enter', 'w'],
		scope: 'report',
		group: 'In the preview of a report',
		help: 'Write it to a file, whose name is asked for',
		hint: 'write',
	},
	{
		command: 'closeReport',
		keys: ['escape', 'q', 'backspace', 'h', 'left'],
		scope: 'report',
		group: 'In the preview of a report',
		help: 'Leave it; while it is being made, cancel that',
		hint: 'leave',
	},
	{
		command: 'closeMenu',
		keys: ['escape', 'q', 'h', 'left', 'backspace'],
		scope: 'menu',
		group: 'In a menu',
		help: 'Close it without choosing',
		hint: 'close',
	},

	{command: 'selectNext', keys: ['l', 'right', 'w'], scope: 'select', group: 'While selecting', help: 'Next word'},
	{
		command: 'selectPrevious',
		keys: ['h', 'left', 'b'],
		scope: 'select',
		group: 'While selecting',
		help: 'Previous word',
	},
	{command: 'selectDown', keys: ['j', 'down'], scope: 'select', group: 'While selecting', help: 'Next line'},
	{command: 'selectUp', keys: ['k', 'up'], scope: 'select', group: 'While selecting', help: 'Previous line'},
	{
		command: 'selectExtend',
		keys: ['v', 'space'],
		scope: 'select',
		group: 'While selecting',
		help: 'Keep this end: moves make the selection longer; again, shorter',
		hint: 'more words',
	},
	{
		command: 'selectLine',
		keys: ['V'],
		scope: 'select',
		group: 'While selecting',
		help: 'The whole line',
		hint: 'line',
	},
	{
		command: 'selectEvent',
		keys: ['e'],
		scope: 'select',
		group: 'While selecting',
		help: 'The whole event',
		hint: 'event',
	},
	{
		command: 'selectPrompt',
		keys: ['p'],
		scope: 'select',
		group: 'While selecting',
		help: 'The whole prompt with all that followed it',
		hint: 'prompt',
	},
	{
		command: 'redactSelected',
		keys: ['enter', 'x'],
		scope: 'select',
		group: 'While selecting',
		help: 'Redact it: here, in the session, or everywhere',
		hint: 'redact',
	},
	{
		command: 'endSelection',
		keys: ['escape', 'q'],
		scope: 'select',
		group: 'While selecting',
		help: 'Select nothing',
		hint: 'leave',
	},

	{command: 'findingsDown', keys: ['j', 'down'], scope: 'findings', group: 'In the list of finds', help: 'Next find'},
	{command: 'findingsUp', keys: ['k', 'up'], scope: 'findings', group: 'In the list of finds', help: 'Previous find'},
	{
		command: 'findingsPageDown',
		keys: ['pagedown', 'ctrl-d'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Next page',
	},
	{
		command: 'findingsPageUp',
		keys: ['pageup', 'ctrl-u'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Previous page',
	},
	{
		command: 'visitFinding',
		keys: ['enter', 'double-click'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Show where it stands first',
		hint: 'show',
	},
	{
		command: 'acceptFinding',
		keys: ['a'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Confirm it: it stays redacted whatever the rules say',
		hint: 'confirm',
	},
	{
		command: 'allowFinding',
		keys: ['x'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Say that it is no secret, and show it',
		hint: 'no secret',
	},
	{
		command: 'editFinding',
		keys: ['e'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Choose what is shown in its place',
		hint: 'rename',
	},
	{
		command: 'undoDecision',
		keys: ['u'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Take back the last decision, and the one before with the next',
		hint: 'undo',
	},
	{
		command: 'closeFindings',
		keys: ['escape', 'q', 'R', 'backspace', 'h', 'left'],
		scope: 'findings',
		group: 'In the list of finds',
		help: 'Close it',
		hint: 'close',
	},
] as const satisfies readonly Binding[];

export type CommandId = (typeof keyBindings)[number]['command'];
export type TypedBinding = Binding & {command: CommandId};

/** The bindings in force. Help, status line and lists of commands are drawn from these rows. */
export type KeyMap = readonly TypedBinding[];

/** Those of somebody who changed nothing, which the documents show. */
export const defaultKeys: KeyMap = keyBindings;
