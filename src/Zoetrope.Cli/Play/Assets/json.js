// JSON with whole numbers of any length: a seed may have more digits than a number of this language.

export const parse = text => JSON.parse(text, (_, value, context) =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && typeof JSON.rawJSON === "function"
    && /^-?\d+$/.test(context?.source ?? "") ? JSON.rawJSON(context.source) : value);
