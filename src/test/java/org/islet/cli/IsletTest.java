package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class IsletTest {

  private static final CommandLine ALL = Islet.commandLine(() -> null);

  private static CommandLine forArguments(String... arguments) {
    return Islet.commandLine(() -> null, arguments);
  }

  @Test
  void for_a_command_no_other_one_is_learnt_and_its_help_is_the_same() {
    for (String name : ALL.getSubcommands().keySet()) {
      CommandLine one = forArguments(name, "--help");
      assertEquals(Set.of(name), one.getSubcommands().keySet());
      assertEquals(
          ALL.getSubcommands().get(name).getUsageMessage(),
          one.getSubcommands().get(name).getUsageMessage());
    }
  }

  @Test
  void a_home_that_is_no_folder_and_cannot_become_one_is_wrong_usage(@TempDir Path folder)
      throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path home : List.of(file, file.resolve("below"))) {
      StringWriter err = new StringWriter();
      int code =
          Islet.commandLine(() -> null)
              .setErr(new PrintWriter(err, true))
              .execute("serve", "--home", home.toString());
      assertEquals(CommandLine.ExitCode.USAGE, code);
      String sentence = err.toString().lines().findFirst().orElseThrow();
      assertTrue(
          sentence.startsWith(home + " is no folder, and none can be made there ("), sentence);
      assertTrue(sentence.endsWith("). Give another --home."), sentence);
    }
  }

  @Test
  void without_one_or_with_one_that_there_is_not_all_are_known() {
    assertEquals(21, ALL.getSubcommands().size());
    assertEquals(ALL.getUsageMessage(), forArguments("--help").getUsageMessage());
    assertEquals(ALL.getUsageMessage(), forArguments("sevre", "serve").getUsageMessage());
  }
}
