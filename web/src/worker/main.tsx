/** The worker's page. */

import { render } from "preact";

import "../view";
import "../site/site.css";
import "./worker.css";
import { showTheme } from "../site/theme";
import { App } from "./App";
import { sendLeftovers } from "./outbox";
import { findProfile, profile } from "./session";
import { startWords } from "./words";

showTheme();
await Promise.all([startWords(), findProfile()]);
if (profile.value) void sendLeftovers();
const root = document.getElementById("app");
if (root) render(<App />, root);
