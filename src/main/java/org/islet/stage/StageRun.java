package org.islet.stage;

/**
 * A stage that ran on a case.
 *
 * @param stage the stage's name
 * @param output the slots that it wrote, joined by commas
 * @param start seconds from when the case was made to when the stage began
 * @param seconds how long it took
 */
public record StageRun(String stage, String output, double start, double seconds) {}
