// The form of a model: its values as one input, and what is wrong at the controls that have it.

import { element } from "./dom.js";
import { makeField } from "./fields.js";

export function makeForm(fields, value, context) {
  const members = new Map(fields.map(field => [field.name, makeField(field, value[field.name], context)]));
  const others = Object.entries(value).filter(([name]) => !members.has(name));
  const node = element("div", { class: "form" }, [...members.values()].map(member => member.node));

  function all(parts = [...members.values()]) {
    return parts.flatMap(part => [part, ...all(part.children?.() ?? [])]);
  }

  // The control that a path such as multi_prompt[0].prompt leads to, or the nearest one around it.
  function find(path) {
    let found = null;
    for (const token of path.matchAll(/[^.[\]]+/g)) {
      const next = found === null ? members.get(token[0]) : found.child(/^\d+$/.test(token[0]) ? Number(token[0]) : token[0]);
      if (next == null)
        break;
      found = next;
    }
    return found;
  }

  return {
    node,
    find,
    // The first control, in the order in which they are seen, that has one of the issues; the first of all where none has.
    firstOf: issues => {
      const wrong = new Set(issues.map(issue => find(issue.path)));
      return all().find(part => wrong.has(part) || part.problem?.() != null) ?? all()[0];
    },
    read: () => Object.fromEntries([...[...members].map(([name, member]) => [name, member.read()]).filter(([, one]) => one !== undefined), ...others]),
    unreadable: () => all().map(part => ({ part, message: part.problem?.() })).filter(({ message }) => message != null),
    // Shows issues, and returns those that no control has. Until a person tries to run it, what is missing is not yet wrong.
    show(issues, warnings, isAttempted) {
      const byPart = new Map(all().map(part => [part, { problems: [], warnings: [] }]));
      const rest = [];
      for (const issue of issues) {
        const part = find(issue.path);
        if (part === null)
          rest.push(issue);
        else if (isAttempted || !issue.missing)
          byPart.get(part).problems.push(upper(issue.message));
      }
      for (const warning of warnings) {
        const part = find(warning.path);
        if (part !== null)
          byPart.get(part).warnings.push(upper(warning.message));
      }
      for (const [part, { problems, warnings: hints }] of byPart) {
        const problem = part.problem?.();
        if (problem != null)
          part.show([upper(problem)], true);
        else
          part.show(problems.length > 0 ? problems : hints, problems.length > 0);
      }
      return isAttempted ? rest : rest.filter(issue => !issue.missing);
    },
  };
}

const upper = text => text[0].toUpperCase() + text.slice(1);
