package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.islet.format.CtFiles;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.plan.RoutePlan;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectCasesTest {

  @TempDir Path folder;
  private Path ct;
  private final Set<String> taken = new HashSet<>();
  private final List<String> published = new ArrayList<>();

  @BeforeEach
  void writeCt() throws IOException {
    ct = folder.resolve("ct.nii");
    NiftiWriter.write(ct, Volume.of(Masks.grid(2, 2, 2), new short[] {1, 2, 3, 4, 5, 6, 7, 8}));
  }

  /** Results that are names alone. */
  private class Names implements ResultPlace {
    @Override
    public boolean isFree(String caseId) {
      return !taken.contains(caseId);
    }

    @Override
    public Optional<CaseResult> find(String caseId) {
      return Optional.empty();
    }

    @Override
    public Optional<CaseResult> publish(Segmentation what, BooleanSupplier mayAppear)
        throws IOException {
      String caseId = what.report().caseId();
      if (!taken.add(caseId)) {
        throw new FileAlreadyExistsException(caseId);
      }
      return Optional.of(new CaseResult(folder.resolve(caseId).toString(), "", what.report()));
    }
  }

  private CaseResult run(ResultPlace results) throws CaseFailedException {
    Segmenter segmenter = new Segmenter(new NiftiReader(1 << 20), new HeapBudget(16, 1L << 30));
    FakeRoute route =
        new FakeRoute(
            "r", List.of(RoutePlan.RESULT), List.of(), c -> c.markAbsent(RoutePlan.RESULT));
    return new DirectCases(segmenter, results)
        .run(
            ct,
            route,
            new CaseListener() {
              @Override
              public void published(CaseResult result) {
                published.add(result.report().caseId());
              }
            });
  }

  private String id(String suffix) throws IOException {
    return CtFiles.sha256(ct).substring(0, 12) + suffix;
  }

  @Test
  void a_ct_that_comes_again_is_a_further_case() throws Exception {
    run(new Names());
    run(new Names());
    run(new Names());
    assertEquals(List.of(id(""), id("-2"), id("-3")), published);
  }

  @Test
  void a_name_that_another_process_takes_meanwhile_is_left_to_it() throws Exception {
    CaseResult result =
        run(
            new Names() {
              @Override
              public Optional<CaseResult> publish(Segmentation what, BooleanSupplier mayAppear)
                  throws IOException {
                taken.add(id(""));
                return super.publish(what, mayAppear);
              }
            });
    assertEquals(id("-2"), result.report().caseId());
    assertEquals(id("-2"), result.folder().getFileName().toString());
  }

  @Test
  void results_that_cannot_be_looked_at_fail_the_case_by_the_disk() {
    CaseFailedException failure =
        assertThrows(
            CaseFailedException.class,
            () ->
                run(
                    new Names() {
                      @Override
                      public Optional<CaseResult> publish(
                          Segmentation what, BooleanSupplier mayAppear) throws IOException {
                        throw new AccessDeniedException("results");
                      }
                    }));
    assertEquals("storage", failure.code());
    assertEquals(List.of(), published);
  }
}
