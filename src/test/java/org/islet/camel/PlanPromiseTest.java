package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;
import org.islet.stage.Case;
import org.islet.stage.FakeNetwork;
import org.islet.stage.Grid;
import org.islet.stage.Network;
import org.islet.stage.StageFailedException;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * What a plan has no problem with runs: no slot is read before it is written, or as another type,
 * or written a second time, whichever ways the choices, loops and failures go.
 */
class PlanPromiseTest {

  private static final Geometry CT = Geometry.of(new Size(6, 5, 4), 1, 1, 1);
  private static final String FAILURE = "the network is flaky.";
  private static Path folder;
  private static int right;
  private static int ran;
  private static int failed;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("promise");
  }

  /** A property that hardly ever has anything to run would say nothing. */
  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("r.yaml"));
    Files.delete(folder);
    assertTrue(right >= 60, "Only " + right + " routes were right.");
    assertTrue(ran > right && failed > 0, ran + " cases ended, " + failed + " failed.");
  }

  private static Network network(String model) {
    return new Chance(model);
  }

  /** Answers an empty mask, a full one or one by chance; or fails, if it is flaky. */
  private record Chance(String id) implements FakeNetwork {
    @Override
    public Mask segment(Volume volume) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      if (id.equals("flaky") && random.nextInt(4) == 0) {
        throw new IllegalStateException(FAILURE);
      }
      int share = random.nextInt(4);
      byte[] inside = new byte[volume.size().count()];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = (byte) (random.nextInt(3) < share ? 1 : 0);
      }
      return Mask.of(volume.geometry(), inside);
    }
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void of_routes_that_are_right(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 30) int steps) throws IOException {
    check(RandomYaml.of(random, steps, 0));
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void of_routes_with_mistakes(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 15) int steps) throws IOException {
    check(RandomYaml.of(random, steps, 0.03));
  }

  private static void check(String yaml) throws IOException {
    RouteFile file = RouteFile.parse("r.yaml", yaml);
    var problems =
        new RoutePlans(
                List.of(file),
                Stages.ALL,
                FakeNetwork.byName(PlanPromiseTest::network),
                Grid.ofCt(CT))
            .problems();
    if (problems.isEmpty()) {
      right++;
      Files.writeString(folder.resolve("r.yaml"), yaml);
      try (LiveRoutes routes =
              new LiveRoutes(
                  folder, Stages.ALL, FakeModels.of(FakeNetwork.byName(PlanPromiseTest::network)));
          var route = routes.open("test")) {
        for (int i = 0; i < 5; i++) {
          Case c = new Case("test", Volume.of(CT, new short[CT.size().count()]));
          try {
            route.run(c);
            ran++;
            assertTrue(c.isWritten(RoutePlan.RESULT));
          } catch (StageFailedException e) {
            failed++;
            assertTrue(e.getMessage().contains(FAILURE), () -> e.getMessage() + "\n" + yaml);
          } catch (RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + yaml, e);
          }
        }
      }
    }
  }
}
