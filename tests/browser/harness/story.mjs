// The list of stories. A story is a claim and the way to show it.
export const stories = [];

/** Adds a story. `name` is a claim; `tell` gets the world. */
export function story(name, tell) {
  stories.push({ name, tell });
}
