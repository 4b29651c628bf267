package org.islet.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.islet.stage.Stage;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageJars;
import org.islet.stage.Stages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTextTest {

  @Test
  void lists_each_stage_with_its_purpose_in_a_line() {
    List<Class<? extends Stage>> types =
        List.of(org.islet.stage.Vote.class, org.islet.stage.LargestComponent.class);
    assertEquals(
        """
        largest-component  Keeps the largest piece of a mask; voxels that share a corner belong together.
        vote               Keeps the voxels that more than half of the masks hold.
        """,
        StageText.list(new StageCatalogue(types)));
  }

  @Test
  void a_stage_of_a_jar_has_the_jars_name_behind_it(@TempDir Path folder) throws Exception {
    StageJars.write(folder.resolve("others-1.0.jar"), StageJars.INVERT);
    try (StageCatalogue stages = StageCatalogue.withJarsOf(folder)) {
      assertEquals(
          List.of("invert Keeps what is outside. (others-1.0.jar)"),
          StageText.list(stages)
              .lines()
              .filter(line -> line.startsWith("invert"))
              .map(line -> line.replaceAll(" +", " "))
              .toList());
      assertEquals(
          "invert: Keeps what is outside. (others-1.0.jar)",
          StageText.of(stages.describe("invert")).lines().findFirst().orElseThrow());
    }
  }

  @Test
  void shows_slots_and_parameters_with_type_unit_range_choices_and_default() {
    assertEquals(
        """
        sample-stage: Has an option of each kind | and a bar.

        Reads
          image  any volume
                 volume; default ct
          masks  some masks
                 one or more of type mask, separated by commas; required

        Writes
          output  nothing
                  mask; required

        Parameters
          count      how often
                     whole number from 2 to 5; required
          distance   how far
                     number of at least 0, in mm; default 0.5
          low        how low
                     number of at most 0.25; default -1
          loud       whether it is so
                     true or false; required
          side       on which side
                     left or right-hand; default right-hand
          model      a model's name
                     model; required
          precision  in which numbers networks compute; card is what the model's card says, float32 where it says nothing
                     card or float32 or tf32 or mixed; default card
          device     with gpu the route is refused where TensorFlow sees no GPU
                     any or gpu; default any

        Example
          - to: stage:sample-stage?count=2&output=output&masks=mask-1,mask-2&distance=0.5&low=-1&loud=true&side=right-hand&model=my-model
        """,
        StageText.of(SampleStage.description()));
  }

  @Test
  void a_stage_without_parameters_has_no_heading_for_them() {
    assertEquals(
        List.of("Reads", "Writes", "Example"),
        StageText.of(Stages.ALL.describe("crop"))
            .lines()
            .filter(line -> line.matches("[A-Z][a-z]+"))
            .toList());
  }
}
