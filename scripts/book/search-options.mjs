// @ts-check

/** What MiniSearch must be told alike when it makes the index and when it reads it. */
export const SEARCH_OPTIONS = {
  fields: ["page", "heading", "text", "code"],
  storeFields: ["page", "heading", "text"],
  searchOptions: {
    boost: { heading: 4, page: 3, text: 2 },
    prefix: true,
    fuzzy: 0.15,
  },
};
