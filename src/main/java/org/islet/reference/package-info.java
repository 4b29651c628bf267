/**
 * What people and their editors read of the stages that there are: text, a page, and the schema of
 * a route's file. All of it comes from what the stages declare.
 */
package org.islet.reference;
