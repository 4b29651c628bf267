package org.islet.intake;

import java.io.IOException;
import java.util.List;
import org.islet.publish.ResultObjects;
import org.islet.store.JobStore;

/** Results in object storage, of which none goes before the record has forgotten where it is. */
public record StoredResultShelf(ResultObjects results, JobStore store) implements Shelf {

  @Override
  public String name() {
    return "the results";
  }

  @Override
  public List<Item> items() throws IOException {
    return results.results().stream()
        .map(
            result ->
                new Item(
                    "the result of case " + result.caseId(),
                    result.since(),
                    result.bytes(),
                    () -> delete(result.caseId())))
        .toList();
  }

  private boolean delete(String caseId) throws IOException {
    if (!store.releaseResult(caseId)) {
      return false;
    }
    results.delete(caseId);
    return true;
  }
}
