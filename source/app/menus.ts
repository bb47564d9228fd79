/** `auto` follows the terminal's background. */
export const themeChoices = ['auto', 'dark', 'light', 'high-contrast', 'terminal'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const sessionOrders = [
	'newest',
	'active',
	'oldest',
	'tokens',
	'duration',
	'prompts',
	'title',
	'folder',
] as const;
export type SessionOrder = (typeof sessionOrders)[number];

export type MenuId = 'theme' | 'order';

/** A short choice: value and what people read. */
export type Menu = {title: string; items: readonly {value: string; label: string}[]};

export const menus: Record<MenuId, Menu> = {
	theme: {
		title: 'Colours',
		items: [
			{value: 'auto', label: 'Automatic'},
			{value: 'dark', label: 'Dark'},
			{value: 'light', label: 'Light'},
			{value: 'high-contrast', label: 'High contrast'},
			{value: 'terminal', label: "The terminal's own 16 colours"},
		] satisfies {value: ThemeChoice; label: string}[],
	},
	order: {
		title: 'Order of sessions',
		items: [
			{value: 'newest', label: 'Newest first'},
			{value: 'active', label: 'Last active first'},
			{value: 'oldest', label: 'Oldest first'},
			{value: 'tokens', label: 'Most tokens first'},
			{value: 'duration', label: 'Longest first'},
			{value: 'prompts', label: 'Most prompts first'},
			{value: 'title', label: 'By title'},
			{value: 'folder', label: 'By folder, newest first within'},
		] satisfies {value: SessionOrder; label: string}[],
	},
};
