/**
Loads the detail view with its Markdown, highlighting and diff libraries, some 50 ms that no start should
pay for: call it when the first event is about to be shown.
*/
export const loadDetailRows = async () => (await import('./detail-rows.js')).detailRows;
