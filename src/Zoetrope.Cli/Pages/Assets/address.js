// Parts of the address of a view.

// What a person has changed may be anything: what cannot be decoded stays as it is, and there is nothing of that name.
export function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError)
      return part;
    throw error;
  }
}
