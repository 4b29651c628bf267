package org.islet.diagram;

import java.util.List;
import org.islet.diagram.SlotChip.Role;
import org.islet.picture.Block;
import org.islet.picture.Lettering;
import org.islet.picture.Look;
import org.islet.picture.Stack;
import org.islet.picture.Svg;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;

/**
 * The picture of a route: its stages from the CT at the top to the result at the bottom, each with
 * the slots that it reads and writes. The same plan has the same picture on every machine.
 */
public final class RoutePicture {

  /** Of a longer route, this many parts are drawn, and the number of stages that are left out. */
  private static final int MOST_PARTS = 500;

  private static final int MARGIN = 24;
  private static final int LEAST_WIDTH = 420;
  private static final int MOST_TITLE = 600;
  private static final Lettering TITLE = Lettering.TITLE;

  private final RoutePlan plan;
  private final Block flow;
  private final String title;
  private final int room;
  private final Legend legend;

  private RoutePicture(RoutePlan plan) {
    this.plan = plan;
    this.flow =
        new Stack(
            List.of(
                new RouteEnd(SlotChip.of(Case.CT, Role.WRITTEN), "the CT"),
                new RouteBlocks(MOST_PARTS).of(plan.root()),
                new RouteEnd(SlotChip.of(RoutePlan.RESULT, Role.READ), "the result")));
    this.title = TITLE.shortened(plan.name(), MOST_TITLE);
    this.room = Math.max(LEAST_WIDTH, Math.max(flow.width(), TITLE.width(title)));
    this.legend = new Legend(plan.order(), room);
  }

  /** The picture as SVG, which browsers and GitHub show: white, without scripts or other files. */
  public static String svg(RoutePlan plan) {
    return new RoutePicture(plan).draw();
  }

  private String draw() {
    int legendTop = MARGIN + TITLE.height() + MARGIN / 2;
    int flowTop = legendTop + legend.height() + MARGIN;
    Svg svg = new Svg(room + 2 * MARGIN, flowTop + flow.height() + MARGIN);
    svg.add("<title>The route %s</title>\n", Svg.escaped(plan.name()));
    TITLE.write(svg, MARGIN, MARGIN, "start", Look.PLAIN.ink(), title);
    legend.draw(svg, MARGIN, legendTop);
    flow.draw(svg, MARGIN + (room - flow.width()) / 2, flowTop);
    return svg.toString();
  }
}
