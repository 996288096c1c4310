"use strict";
// Counts what must not happen, where a test and a reader can see it: errors and forbidden loads.
(() => {
  const root = document.documentElement;
  const problems = [];
  const note = (text) => {
    problems.push(String(text).slice(0, 300));
    root.dataset.problems = problems.join(" | ");
  };
  addEventListener("error", (event) => note(event.message || "an element failed to load"), true);
  addEventListener("unhandledrejection", (event) => note(event.reason));
  document.addEventListener("securitypolicyviolation", (event) =>
    note(`${event.violatedDirective} forbids ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`),
  );
})();
