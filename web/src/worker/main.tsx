/** The worker's page. */

import { render } from "preact";

import "../design/design.css";
import "../site/site.css";
import "./worker.css";
import { route } from "../site/route";
import { showTheme } from "../site/theme";
import { App } from "./App";
import { askForEntrance, askForOffer } from "./arrival";
import { sendLeftovers } from "./outbox";
import { findProfile, profile } from "./session";
import { beginWork, loadWorkPage } from "./start-work";
import { startWords } from "./words";

showTheme();
const [place, name] = route.value;
if (place === "join" && name) askForOffer(name);
const words = startWords();
if (place === "work") void words.then(loadWorkPage).catch(() => undefined);
await Promise.all([words, findProfile(), place === "join" && words.then(askForEntrance)]);
if (profile.value && place === "work" && name) beginWork(name);
else if (profile.value) void sendLeftovers();
const root = document.getElementById("app");
if (root) render(<App />, root);
