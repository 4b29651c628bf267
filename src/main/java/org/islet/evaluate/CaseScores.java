package org.islet.evaluate;

/** The scores of one case, by its reference's file name without extension. */
public record CaseScores(String name, Scores scores) {}
