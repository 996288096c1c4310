"use strict";
// What moves a drawn circuit: which base model, which checkpoint, against which, how many lines.
const circuitControls = ({ graph, state, host, counts, element, lineChoices, render, search }) => {
  const label = (text, ...controls) => element("label", {}, element("span", { textContent: text }), ...controls);
  const choice = (options, value, onchange) => {
    const select = element("select", { onchange: () => onchange(select.value) });
    select.append(...options.map(([key, text]) => element("option", { value: key, textContent: text })));
    select.value = value;
    return select;
  };

  const stop = element("input", { type: "range", min: 0, step: 1, oninput: () => go(Number(stop.value)) });
  const where = element("output");
  const go = (place) => {
    state.stop = place;
    const circuits = graph.series[state.series].circuits;
    stop.max = circuits.length - 1;
    stop.value = place;
    where.textContent = circuits[place].name;
    stop.setAttribute("aria-valuetext", circuits[place].name);
    render();
  };

  const series = choice(
    graph.series.map((one, place) => [place, one.name]),
    0,
    (value) => {
      const wasLast = state.stop === graph.series[state.series].circuits.length - 1;
      state.series = Number(value);
      const last = graph.series[state.series].circuits.length - 1;
      go(wasLast ? last : Math.min(state.stop, last));
    },
  );
  const against = choice(
    [
      ["first", "the first"],
      ["previous", "the one before"],
    ],
    "first",
    (value) => {
      state.against = value;
      render();
    },
  );

  // Lines are at most the edges of two circuits.
  const most = Math.max(...graph.series.flatMap((one) => one.circuits.map((circuit) => circuit.edges)));
  const fewer = lineChoices.filter((choices) => choices < most);
  state.limit = most <= 400 ? Infinity : 300;
  const lines = choice([...fewer.map((number) => [number, `the strongest ${number.toLocaleString("en-US")}`]), ["Infinity", "all"]], state.limit, (value) => {
    state.limit = Number(value);
    render();
  });

  const options = element("datalist", { id: `${graph.id}-nodes` });
  options.append(...graph.nodes.names.map((name) => element("option", { value: name })));
  const find = element("input", {
    type: "search",
    size: 8,
    placeholder: graph.nodes.names[1],
    oninput: () => {
      state.find = find.value;
      search();
    },
  });
  find.setAttribute("list", options.id);

  const legend = element("p", { className: "legend" });
  for (const [kind, text] of [
    ["kept", "kept"],
    ["added", "added"],
    ["removed", "removed"],
  ]) {
    const box = element("input", {
      type: "checkbox",
      checked: true,
      onchange: () => {
        box.checked ? state.hidden.delete(kind) : state.hidden.add(kind);
        render();
      },
    });
    legend.append(element("label", { className: kind }, box, element("span", { textContent: text })));
  }

  const panel = element("div", { className: "controls" });
  graph.series.length > 1 && panel.append(label("Series", series));
  panel.append(label("Checkpoint", stop, where), label("Compared with", against));
  fewer.length > 0 && panel.append(label("Lines", lines));
  panel.append(label("Find a node", find, options));
  host.before(panel, legend, counts);
  stop.value = stop.max = state.stop;
  where.textContent = graph.series[0].circuits[state.stop].name;
  stop.setAttribute("aria-valuetext", where.textContent);
};
