/** What a case holds, on its way from one worker to another: kept in a place that both reach. */
package org.islet.carry;
