/** What people ask of the record: what is in work, whose turn comes when, what became of a case. */
package org.islet.overview;
