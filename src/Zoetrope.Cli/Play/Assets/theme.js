// Light or dark: as the system has it, until a person chooses.

import { setText } from "./dom.js";

const choices = ["system", "light", "dark"];

export function startTheme(button) {
  let choice = choices.indexOf(stored());
  const apply = () => {
    document.documentElement.dataset.theme = choices[choice];
    setText(button, `Theme: ${choices[choice]}`);
  };
  if (choice < 0)
    choice = 0;
  apply();
  button.addEventListener("click", () => {
    choice = (choice + 1) % choices.length;
    apply();
    try {
      localStorage.setItem("theme", choices[choice]);
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  });
}

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}
