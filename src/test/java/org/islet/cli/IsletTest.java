package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
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
  void without_one_or_with_one_that_there_is_not_all_are_known() {
    assertEquals(18, ALL.getSubcommands().size());
    assertEquals(ALL.getUsageMessage(), forArguments("--help").getUsageMessage());
    assertEquals(ALL.getUsageMessage(), forArguments("sevre", "serve").getUsageMessage());
  }
}
