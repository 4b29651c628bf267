package org.islet.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.islet.stage.Stages;
import org.junit.jupiter.api.Test;

class StagesPageTest {

  @Test
  void the_page_in_docs_is_what_the_stages_declare() throws IOException {
    assertEquals(
        StagesPage.of(Stages.ALL),
        Files.readString(Path.of("docs/stages.md")),
        "The stages declare something else than docs/stages.md says. Run:"
            + " ./islet stages --markdown > docs/stages.md");
  }

  @Test
  void a_stage_has_what_it_reads_then_what_it_writes_then_its_parameters() {
    String page = StagesPage.of(SampleStage.CATALOGUE);
    assertTrue(
        page.contains(
            "| [`sample-stage`](#sample-stage) | Has an option of each kind \\| and a bar. |\n"),
        page);
    assertTrue(
        page.endsWith(
            """
            | | type | default | |
            |---|---|---|---|
            | reads `image` | volume | `ct` | any volume |
            | reads `masks` | one or more of type mask, separated by commas | | some masks |
            | writes `output` | mask | | nothing |
            | `count` | whole number from 2 to 5 | | how often |
            | `distance` | number of at least 0, in mm | `0.5` | how far |
            | `low` | number of at most 0.25 | `-1` | how low |
            | `loud` | true or false | | whether it is so |
            | `side` | left or right-hand | `right-hand` | on which side |
            | `model` | model | | a model's name |
            | `precision` | card or float32 or tf32 or mixed | `card` | in which numbers networks compute; card is what the model's card says, float32 where it says nothing |
            | `device` | any or gpu | `any` | with gpu the route is refused where TensorFlow sees no GPU |
            """),
        page);
  }
}
