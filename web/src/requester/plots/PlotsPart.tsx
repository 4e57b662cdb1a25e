/** All plots of a launch. */

import type { VNode } from "preact";

import { useLoaded } from "../../site/load";
import { Refresh } from "../Refresh";
import { usePoolVersion } from "../live";
import { type PlotData, server } from "../server";
import { count, money, shortMoment, span, t } from "../words";
import { BarPlot } from "./BarPlot";
import { CalibrationPlot } from "./CalibrationPlot";
import { ConfusionPlot } from "./ConfusionPlot";
import { LinePlot } from "./LinePlot";

export function PlotsPart({ poolId }: { poolId: string }): VNode {
  const loaded = useLoaded(() => server.plots(poolId), String(usePoolVersion(poolId)));
  return (
    <>
      <Refresh loaded={loaded} hint={t("plots.hint")} />
      {loaded.value && <Plots data={loaded.value} />}
    </>
  );
}

export function Plots({ data }: { data: PlotData }): VNode {
  const { timeline } = data;
  const moments = timeline.moments.map((moment) => Date.parse(moment));
  const time = { places: moments, placeName: t("plots.time"), placeText: (place: number) => shortMoment(place) };
  return (
    <div class="plots">
      <LinePlot
        {...time}
        title={t("plots.progress")}
        lines={[
          { name: t("plots.answers"), values: timeline.answers },
          { name: t("plots.finished"), values: timeline.finished },
        ]}
        valueText={count}
        isStepped
      />
      <LinePlot
        {...time}
        title={t("plots.money")}
        hint={t("plots.moneyHint")}
        lines={[
          { name: t("launches.paid"), values: timeline.paid },
          { name: t("launches.reserved"), values: timeline.reserved },
        ]}
        valueText={money}
        isStepped
      />
      <LinePlot
        {...time}
        title={t("plots.pages")}
        lines={[
          { name: t("pages.ACTIVE"), values: timeline.active },
          { name: t("pages.SUBMITTED"), values: timeline.submitted },
          { name: t("pages.ACCEPTED"), values: timeline.accepted },
          { name: t("pages.REJECTED"), values: timeline.rejected },
          { name: t("plots.returned"), values: timeline.returned },
        ]}
        valueText={count}
        isStepped
      />
      <BarPlot
        title={t("plots.durations")}
        hint={data.hint_seconds === null ? "" : t("plots.durationsHint", { hint: span(data.hint_seconds) })}
        bars={data.durations}
        unit={t("plots.seconds")}
        mark={data.hint_seconds === null ? "" : t("plots.expected")}
      />
      <BarPlot title={t("plots.overlaps")} bars={data.overlaps} unit={t("plots.answersEach")} />
      <BarPlot title={t("plots.confidences")} hint={t("plots.confidencesHint")} bars={data.confidences} unit={t("plots.confidence")} />
      <CalibrationPlot entries={data.calibration} gap={data.calibration_gap} />
      <ConfusionPlot title={t("plots.confusion")} hint={t("plots.confusionHint")} labels={data.labels} cells={data.confusion} />
    </div>
  );
}
