// The list of stories. A story is a claim and the way to show it.
export const stories = [];

/** Adds a story. `name` is a claim; `tell` gets the world; `seconds` is how long it may take. */
export function story(name, tell, options = {}) {
  stories.push({ name, tell, ...options });
}
