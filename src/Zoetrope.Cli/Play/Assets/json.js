// JSON with whole numbers of any length: a seed may have more digits than a number of this language.

export const parse = text => JSON.parse(text, (_, value, context) =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && typeof JSON.rawJSON === "function"
    && /^-?\d+$/.test(context?.source ?? "") ? JSON.rawJSON(context.source) : value);

// Whether two values are the same JSON: the order of members says nothing.
export const isSame = (one, other) => canonical(one) === canonical(other);

const canonical = value => JSON.stringify(value, (_, part) =>
  part !== null && typeof part === "object" && !Array.isArray(part) && !JSON.isRawJSON?.(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => one < other ? -1 : 1)) : part);
