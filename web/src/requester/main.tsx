/** The requester's page. */

import { render } from "preact";

import "../view";
import "../site/site.css";
import "./requester.css";
import { showTheme } from "../site/theme";
import { App } from "./App";

showTheme();
const root = document.getElementById("app");
if (root) render(<App />, root);
