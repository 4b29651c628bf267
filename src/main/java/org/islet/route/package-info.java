/**
 * The language of segmentation routes: Camel's YAML with a closed vocabulary, read into a tree that
 * knows the line of everything in it.
 */
package org.islet.route;
