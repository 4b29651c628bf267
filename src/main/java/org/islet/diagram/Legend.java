package org.islet.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.diagram.SlotChip.Role;
import org.islet.picture.Svg;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.stage.Case;

/** What the colours and edges of slots mean, of those that occur in a route. In pixels. */
final class Legend {

  private static final int GAP = 28;

  private final ChipRows kinds;
  private final ChipRows roles;
  private final boolean oneRow;

  Legend(List<Step> steps, int room) {
    this.kinds =
        new ChipRows(
            kinds(steps).map(kind -> new SlotChip(kind.words(), kind, Role.WRITTEN)).toList(),
            room);
    this.roles =
        new ChipRows(
            roles(steps).stream()
                .map(role -> new SlotChip(role.words(), SlotKind.OTHER, role))
                .toList(),
            room);
    this.oneRow = kinds.rows() == 1 && kinds.width() + GAP + roles.width() <= room;
  }

  private static Stream<SlotKind> kinds(List<Step> steps) {
    return Stream.concat(
            Stream.of(Case.CT, RoutePlan.RESULT),
            steps.stream().flatMap(s -> Stream.concat(s.reads().stream(), s.writes().stream())))
        .map(SlotKind::of)
        .distinct()
        .sorted();
  }

  private static List<Role> roles(List<Step> steps) {
    List<Role> roles = new ArrayList<>(List.of(Role.READ, Role.WRITTEN));
    if (steps.stream().anyMatch(step -> !step.replaces().isEmpty())) {
      roles.add(Role.REPLACED);
    }
    return roles;
  }

  int height() {
    return oneRow ? kinds.height() : kinds.height() + GAP / 4 + roles.height();
  }

  void draw(Svg svg, int x, int y) {
    kinds.draw(svg, x, y);
    if (oneRow) {
      roles.draw(svg, x + kinds.width() + GAP, y);
    } else {
      roles.draw(svg, x, y + kinds.height() + GAP / 4);
    }
  }
}
