/** The plots of a launch, loaded when somebody wants to see them. */

import { later } from "./later";

export const PlotsTab = later<{ poolId: string; part: string }>(async () => (await import("./plots/PlotsPart")).PlotsPart);
