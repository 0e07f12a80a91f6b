"use strict";
const by = (id) => document.getElementById(id);
const START = "{\n  me { name administrator }\n  model {\n    version\n    types { name label fields { name kind } }\n  }\n}\n";
const KEPT = ["query", "variables", "headers"];
const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
const TYPE_QUERY = `query ($name: String!) { __type(name: $name) { kind name description
  fields(includeDeprecated: true) { name description args { name description type { ${TYPE} } } type { ${TYPE} } }
  inputFields { name description type { ${TYPE} } } enumValues { name description } possibleTypes { name } } }`;
const ROOTS_QUERY = "{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }";
const LONGEST = 200000;
/** What is said in words; a page around this one has its own. */
let said = {
  run: "Run", stop: "Stop", running: "Running…", waiting: "Waiting…", find: "Find a type or field", silent: "The server does not answer:",
  signedOut: "signed out; go to the start page to sign in", badVariables: "The variables are no JSON: {error}", badHeaders: "The headers are no JSON: {error}",
};
let following = null;
let roots = [];
let trail = [];

function parsed(id) {
  const text = by(id).value.trim();
  if (!text) return {};
  const value = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("it must be an object");
  return value;
}

async function ask(body, headers = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: { ...headers, "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

function operations(text) {
  const bare = text.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, "");
  return [...bare.matchAll(/\b(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/g)].map((match) => match[1]);
}

function listOperations() {
  const names = operations(by("query").value);
  const chosen = by("operation").value;
  by("operation").replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
  by("operation").disabled = names.length < 2;
}

function listExamples() {
  const [, ...parts] = by("examples").textContent.split(/^# (.+)\n/m);
  const options = [new Option("…", "")];
  for (let place = 0; place < parts.length; place += 2) options.push(new Option(parts[place], parts[place + 1].trim() + "\n"));
  by("example").replaceChildren(...options);
  by("example").addEventListener("change", () => {
    if (!by("example").value) return;
    by("query").value = by("example").value;
    by("variables").value = "";
    for (const id of ["query", "variables"]) by(id).dispatchEvent(new Event("input"));
    by("example").selectedIndex = 0;
  });
}

/** What is asked as it stands in the page; nothing where variables or headers are no JSON, which is told. */
function asked() {
  const body = { query: by("query").value };
  let headers;
  for (const id of ["variables", "headers"]) {
    try {
      const value = parsed(id);
      if (id === "variables") body.variables = value;
      else headers = value;
    } catch (error) {
      by("state").value = said[id === "variables" ? "badVariables" : "badHeaders"].replace("{error}", error.message);
      return null;
    }
  }
  if (by("operation").value) body.operationName = by("operation").value;
  return { body, headers };
}

async function run() {
  if (following) {
    following.abort();
    return;
  }
  const wanted = asked();
  if (!wanted) return;
  const { body, headers } = wanted;
  if (follows(body)) {
    await follow(body, headers);
    return;
  }
  by("run").disabled = true;
  by("state").value = said.running;
  const began = performance.now();
  try {
    const { status, text } = await ask(body, headers);
    by("state").value = `${status} · ${Math.round(performance.now() - began)} ms · ${text.length} characters`;
    try {
      by("answer").textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      by("answer").textContent = text;
    }
    if (status === 401) by("state").value += ` · ${said.signedOut}`;
  } catch (error) {
    by("state").value = `${said.silent} ${error.message}`;
  } finally {
    by("run").disabled = false;
  }
}

function follows({ query, operationName }) {
  const bare = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, "");
  const found = [...bare.matchAll(/\b(query|mutation|subscription)\b\s*([A-Za-z_]\w*)?/g)];
  return (found.find((match) => operationName && match[2] === operationName) ?? found[0])?.[1] === "subscription";
}

/** What a subscription tells, the newest first, until Stop is pressed. */
async function follow(body, headers) {
  following = new AbortController();
  by("run").textContent = said.stop;
  by("state").value = said.waiting;
  by("answer").textContent = "";
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      credentials: "same-origin",
      headers: { ...headers, "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(body),
      signal: following.signal,
    });
    await told(response.body.pipeThrough(new TextDecoderStream()));
    by("state").value = String(response.status);
  } catch (error) {
    by("state").value = error.name === "AbortError" ? "" : `${said.silent} ${error.message}`;
  } finally {
    following = null;
    by("run").textContent = said.run;
  }
}

async function told(stream) {
  let text = "";
  for await (const part of stream) {
    const events = (text + part).replaceAll("\r\n", "\n").split("\n\n");
    text = events.pop();
    for (const event of events) {
      const data = event.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n").trim();
      if (data) by("answer").textContent = `${JSON.stringify(JSON.parse(data), null, 2)}\n\n${by("answer").textContent}`.slice(0, LONGEST);
    }
  }
}

/** What the page around this one wants: an example put in, its theme, its words. */
function take({ query, variables, theme, language, direction, words, faces, run: wanted }) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  if (language) [root.lang, root.dir] = [language, direction];
  if (words) {
    said = { ...said, ...words };
    for (const labelled of document.querySelectorAll("[data-word]")) labelled.textContent = said[labelled.dataset.word] ?? labelled.textContent;
    by("find").placeholder = said.find;
  }
  for (const { family, source, ...more } of faces ?? []) document.fonts.add(new FontFace(family.replace(/["']/g, ""), source, more));
  if (wanted) void run();
  if (query === undefined) return;
  by("query").value = query;
  by("variables").value = variables ?? "";
  for (const id of ["query", "variables"]) by(id).dispatchEvent(new Event("input"));
  by("answer").textContent = "";
  by("state").value = "";
}

function listenToFrame() {
  if (parent === window) return;
  document.documentElement.dataset.framed = "";
  addEventListener("message", (event) => {
    if (event.source === parent && event.origin === location.origin && event.data?.xrm) take(event.data.xrm);
  });
  parent.postMessage({ xrm: "ready" }, location.origin);
}

function shownType(type) {
  if (type.kind === "NON_NULL") return `${shownType(type.ofType)}!`;
  if (type.kind === "LIST") return `[${shownType(type.ofType)}]`;
  return type.name ?? "…";
}

function named(type) {
  let inner = type;
  while (inner.ofType) inner = inner.ofType;
  return inner.name;
}

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function typeButton(label, name) {
  const button = element("button", label);
  button.type = "button";
  button.addEventListener("click", () => show(name));
  return button;
}

function entry(field) {
  const term = element("dt", field.name);
  if (field.args?.length) {
    term.append("(");
    field.args.forEach((argument, place) => {
      term.append(place ? ", " : "", `${argument.name}: `, typeButton(shownType(argument.type), named(argument.type)));
    });
    term.append(")");
  }
  if (field.type) term.append(": ", typeButton(shownType(field.type), named(field.type)));
  return field.description ? [term, element("dd", field.description)] : [term];
}

function draw(type) {
  const parts = [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])];
  const wanted = by("find").value.trim().toLowerCase();
  const found = parts.filter((part) => part.name.toLowerCase().includes(wanted));
  const list = element("dl", "", ...found.flatMap(entry));
  const possible = (type.possibleTypes ?? []).map((each) => element("dt", "", typeButton(each.name, each.name)));
  by("docs").replaceChildren(element("h2", type.name), element("p", type.description ?? ""), list, ...possible);
}

let shownNow = null;

async function show(name) {
  const { text } = await ask({ query: TYPE_QUERY, variables: { name } });
  const type = JSON.parse(text).data?.__type;
  if (!type) {
    by("state").value = `There is no type ${name}.`;
    return;
  }
  shownNow = type;
  by("find").value = "";
  trail = trail.includes(name) ? trail.slice(0, trail.indexOf(name) + 1) : [...trail, name].slice(-5);
  const steps = [...new Set([...roots, ...trail])].map((step) => typeButton(step, step));
  by("trail").replaceChildren(...steps);
  draw(type);
}

async function begin() {
  for (const id of KEPT) by(id).value = sessionStorage.getItem(`xrm.${id}`) ?? (id === "query" ? START : "");
  for (const id of KEPT) by(id).addEventListener("input", () => sessionStorage.setItem(`xrm.${id}`, by(id).value));
  by("query").addEventListener("input", listOperations);
  by("run").addEventListener("click", run);
  by("find").addEventListener("input", () => shownNow && draw(shownNow));
  by("find").addEventListener("change", () => /^[A-Z]\w*$/.test(by("find").value) && show(by("find").value));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  listOperations();
  listExamples();
  listenToFrame();
  const { text } = await ask({ query: ROOTS_QUERY });
  const schema = JSON.parse(text).data?.__schema;
  if (!schema) return;
  roots = [schema.queryType, schema.mutationType, schema.subscriptionType].filter(Boolean).map((root) => root.name);
  trail = [];
  await show(roots[0]);
}

begin();
