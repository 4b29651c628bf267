/** What is asked of Islet with a CT, at whichever door it comes in: read, and checked by schema. */
package org.islet.request;
