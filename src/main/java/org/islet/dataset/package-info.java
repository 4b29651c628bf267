/**
 * Labelled CTs to train and to evaluate on: found, checked, read, split into folds, prepared for
 * the networks and kept in a folder.
 */
package org.islet.dataset;
