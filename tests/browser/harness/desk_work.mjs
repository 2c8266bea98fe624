// What an officer does with a case, by the app's own doors and fields.
import { chooseOrPick, pick, tick } from './field_work.mjs';

export const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Damascus' }).format(new Date());

export async function openInbox(desk, view = 'all') {
  await desk.at('nav-inbox').click();
  await desk.at('inbox').waitFor();
  await desk.at(`tab-${view}`).click();
}

/** Finds a case by its number, through the search field, and opens it. */
export async function openCase(desk, number) {
  await openInbox(desk);
  await desk.at('field-search').fill(number);
  await desk.at(`case-${number}`).click();
  await desk.page.locator(`[data-testid=case] [data-testid=ref-no][data-number="${number}"]`).waitFor();
}

/** One step: opens its form, fills the fields, saves. Values by field; `true` ticks, text fills or chooses. */
export async function act(desk, kind, values = {}) {
  await desk.at(`act-${kind}`).click();
  const form = desk.at(`form-${kind}`);
  await form.waitFor();
  for (const [name, value] of Object.entries(values)) {
    const field = form.getByTestId(`field-action.${name}`);
    const button = form.getByTestId(`action.${name}-${value}`);
    if (value === true) await tick(field);
    else if (await button.count()) await tick(button);
    else if (await field.evaluate(node => node.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await desk.at(`submit-${kind}`).click();
  await form.waitFor({ state: 'detached' });
}

/** The standing of the newest step of a kind on the open case: counts, awaits, refused, not_counted. */
export const standing = (desk, kind) => desk.at(`step-${kind}`).last().getAttribute('data-standing');

export async function untilStanding(desk, kind, wanted) {
  await desk.page.waitForFunction(([id, word]) => [...document.querySelectorAll(`[data-testid="step-${id}"]`)].at(-1)?.dataset.standing === word, [kind, wanted]);
}

export async function untilStatus(desk, wanted) {
  await desk.page.locator(`[data-testid=case] [data-status="${wanted}"]`).first().waitFor();
}

export { chooseOrPick, pick };
