package org.islet.job;

import java.nio.file.Path;

/**
 * A case that ended with a result.
 *
 * @param folder where the mask, the report and the picture are
 * @param report what is in {@code result.json}
 */
public record CaseResult(Path folder, CaseReport report) {}
